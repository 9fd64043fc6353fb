/* What the pages do beyond HTML and htmx: the state of the live connection, its pause, and words kept in forms. */
(() => {
  "use strict";
  const root = document.documentElement;
  root.classList.add("js");

  const PAUSED = "pathways-paused";
  const isPaused = () => sessionStorage.getItem(PAUSED) === "1";
  let connected = "off";

  function show() {
    const box = document.querySelector(".live");
    if (!box) return;
    const state = isPaused() ? "paused" : connected;
    if (box.dataset.state === state) return;
    box.dataset.state = state;
    if (state !== "live") announce(box.querySelector(`[data-when=${state}]`)?.textContent);
  }

  let lastSaid = -30000;
  function announce(words) { /* one polite status region, at most every 30 seconds */
    const region = document.getElementById("status");
    if (!region || !words || performance.now() - lastSaid < 30000) return;
    lastSaid = performance.now();
    region.textContent = words;
  }

  function refresh() { /* elements fetch themselves again; this only wakes them */
    if (!isPaused() && !document.hidden) document.body.dispatchEvent(new CustomEvent("refresh"));
  }

  document.addEventListener("htmx:sse:after:connection", (event) => {
    connected = "live";
    show();
    if (event.detail.connection.attempt > 0) refresh(); /* events may have been missed meanwhile */
  });
  document.addEventListener("htmx:sse:before:message", (event) => {
    event.preventDefault(); /* the message says only that something changed */
    refresh();
  });
  for (const name of ["htmx:sse:error", "htmx:sse:close"]) {
    document.addEventListener(name, () => {
      connected = "broken";
      show();
    });
  }
  document.addEventListener("visibilitychange", refresh);
  setInterval(refresh, 60000); /* badges count minutes */

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-pause]");
    if (!button) return;
    sessionStorage.setItem(PAUSED, isPaused() ? "" : "1");
    button.setAttribute("aria-pressed", String(isPaused()));
    show();
    refresh();
  });

  function say(id) { /* a note at the top that waits for its moment */
    const note = document.getElementById(id);
    if (!note || !note.hidden) return;
    note.hidden = false;
    note.scrollIntoView({ block: "nearest" });
  }

  document.addEventListener("htmx:response:error", (event) => {
    if (event.detail.ctx?.response?.status === 401) say("signed-out");
  });

  function watchSession() { /* warned two minutes before the session falls asleep */
    const note = document.getElementById("session-ends");
    if (note) setTimeout(() => say("session-ends"), Number(note.dataset.afterMinutes) * 60000);
  }

  document.addEventListener("click", async (event) => {
    if (!event.target.closest("[data-stay]")) return;
    const answer = await fetch("/session", { redirect: "manual" });
    document.getElementById("session-ends").hidden = true;
    if (answer.status === 204) watchSession();
    else say("signed-out");
  });

  document.addEventListener("submit", (event) => { /* without a network the form and its words stay */
    const words = document.getElementById("offline");
    if (navigator.onLine || !words) return;
    event.preventDefault();
    words.hidden = false;
    words.focus();
  });

  function showCurrent() { /* the diagram's window opens where the client is now */
    for (const view of document.querySelectorAll("[data-shows-current]")) {
      const now = view.querySelector(".is-late .pw-box, .is-open .pw-box") ?? view.querySelector(".is-waiting .pw-box");
      if (!now) continue;
      const frame = view.getBoundingClientRect(), box = now.getBoundingClientRect();
      view.scrollTop += box.top + box.height / 2 - frame.top - frame.height / 2;
      view.scrollLeft += box.left + box.width / 2 - frame.left - frame.width / 2;
    }
  }

  function goOn() { /* after an act: focus where it shows, and the answer said and seen wherever that is */
    const answer = document.querySelector(".flash");
    const place = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!answer || !place) return;
    if (!place.hasAttribute("tabindex")) place.setAttribute("tabindex", "-1");
    place.focus({ preventScroll: true });
    setTimeout(() => announce(answer.textContent.trim()), 400);
    const settle = () => answer.classList.remove("flash");
    for (const name of ["keydown", "pointerdown"]) document.addEventListener(name, settle, { once: true });
  }

  document.addEventListener("DOMContentLoaded", () => {
    goOn();
    showCurrent();
    watchSession();
    document.querySelector("[data-pause]")?.setAttribute("aria-pressed", String(isPaused()));
    show();
  });
})();
