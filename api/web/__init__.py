"""The pages: server-rendered, in Finnish, Swedish and English. They work without JavaScript, except being live."""
