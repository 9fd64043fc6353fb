# language: sv
@P05 @M020
Egenskap: Äldres boende hemma på svenska
  En svenskspråkig klient sköter hela sitt ärende på svenska. Språket ändrar inte tidsfristerna, och ingen
  finskspråkig arbetstagare utses utan klientens samtycke.

  Bakgrund:
    Givet stigen "Äldres boende hemma"
    Och enheten "Kaapo" ger servicelöftet
    Och att enheten "Kaapo" har sin svenskspråkiga kö i enheten "Svensk klienthandledning"
    Och enheten "Kaapo" har personalen
      | namn           | yrke             | kunnande     | språk          | uppgift    |
      | Raija Oksanen  | Klienthandledare |              | finska         |            |
      | Tuula Mattila  | Servicehandledare | RAI-bedömning | finska        |            |
      | Maria Lindholm | Servicehandledare | RAI-bedömning | finska, svenska |           |
      | Jukka Lahti    | Fysioterapeut    |              | finska         |            |
      | Eeva Sipilä    | Hemvårdsledare   |              | finska, svenska | teamledare |
    Och "Gun Backman" är "Servicehandledare" i enheten "Svensk klienthandledning"
    Och "Gun Backman" ger service också på svenska
    Och klienten "Ingrid Berg", 82 år
    Och klienten "Ingrid Berg" vill ha service på svenska

  @S15 @E8
  Scenario: Den svenskspråkiga arbetstagaren utses till ansvarig
    När klienten "Ingrid Berg" ringer och "Raija Oksanen" svarar mån 11.1.2027 kl. 9.00
    Och "Raija Oksanen" avslutar steget "Rådgivning och handledning" med resultatet "Fortsätter"
    Och "Raija Oksanen" avslutar steget "Bedömning av hur brådskande behovet är" med resultatet "Inte brådskande"
    Så ansvarig arbetstagare är "Maria Lindholm"
    Och egen kontaktperson är "Maria Lindholm"
    Och steget "Hembesök" är öppet

  @S15 @E8
  Scenario: En finskspråkig arbetstagare kan inte utses utan samtycke
    När klienten "Ingrid Berg" ringer och "Raija Oksanen" svarar mån 11.1.2027 kl. 9.00
    Och "Raija Oksanen" avslutar steget "Rådgivning och handledning" med resultatet "Fortsätter"
    Och "Raija Oksanen" avslutar steget "Bedömning av hur brådskande behovet är" med resultatet "Inte brådskande"
    Och "Eeva Sipilä" utser "Tuula Mattila" till ansvarig arbetstagare
    Så det går inte, eftersom "personen betjänar inte på svenska"
    Och ansvarig arbetstagare är "Maria Lindholm"

  @S03 @D-02
  Scenario: Dotterns meddelande på natten startar två klockor
    När en närstående till klienten "Ingrid Berg" skickar ett meddelande till enheten "Kaapo" fre 4.12.2026 kl. 23.40
    Så löftet "Handläggningen börjar samma dag" går ut mån 7.12.2026 kl. 24.00
    Och löftet "Vid behov börjar servicen inom en vecka" går ut fre 11.12.2026 kl. 24.00
    Och tidsfristen "Bedömningen av servicebehovet inleds inom sju vardagar" går ut tis 15.12.2026 kl. 24.00
    Och tidsfristen "Bedömningen av servicebehovet inleds inom sju vardagar" grundar sig på lagen "Socialvårdslagen 36 §"

  @S04 @D-02
  Scenario: Midsommarafton räknas inte som vardag
    När klienten "Ingrid Berg" ringer och "Raija Oksanen" svarar tors 24.6.2027 kl. 14.00
    Så tidsfristen "Bedömningen av servicebehovet inleds inom sju vardagar" går ut tis 6.7.2027 kl. 24.00
    Och i förklaringen till tidsfristen "Bedömningen av servicebehovet inleds inom sju vardagar" står "midsommarafton"

  @D-02
  Scenario: Bedömarens samtal inleder bedömningen
    När klienten "Ingrid Berg" ringer och "Raija Oksanen" svarar mån 11.1.2027 kl. 9.00
    Och "Raija Oksanen" avslutar steget "Rådgivning och handledning" med resultatet "Fortsätter"
    Och "Raija Oksanen" avslutar steget "Bedömning av hur brådskande behovet är" med resultatet "Inte brådskande"
    Och "Maria Lindholm" ringer klienten "Ingrid Berg" i steget "Hembesök" ons 13.1. kl. 10.00
    Så tidsfristen "Bedömningen av servicebehovet inleds inom sju vardagar" har hållits

  Scenario: Samma tryckning två gånger antecknas en gång
    När klienten "Ingrid Berg" ringer och "Raija Oksanen" svarar mån 11.1.2027 kl. 9.00
    Och samma tryckning kommer en gång till
    Så ingenting antecknades två gånger
    Och löftet "Handläggningen börjar samma dag" löper

  @E2
  Scenario: Klienten flyttar fram tiden och löftet pausas men inte lagens tidsfrist
    När klienten "Ingrid Berg" ringer och "Raija Oksanen" svarar mån 11.1.2027 kl. 9.00
    Och "Raija Oksanen" antecknar att klienten flyttar tiden tors 14.1.2027 kl. 10.00 till den nya tiden tors 21.1.2027 kl. 10.00
    Och det blir fre 15.1. kl. 9.00
    Så löftet "Vid behov börjar servicen inom en vecka" är pausat
    Men tidsfristen "Bedömningen av servicebehovet inleds inom sju vardagar" löper
    När det blir tors 21.1. kl. 10.00
    Så löftet "Vid behov börjar servicen inom en vecka" går ut mån 25.1.2027 kl. 24.00
