// Loads the page anew when the server has a newer one. Only pages that `depositary serve` shows have this script.
"use strict";

(() => {
  const known = document.currentScript.dataset.generation;
  const pause = 500;
  let wasLost = false;

  async function ask() {
    try {
      const answer = await fetch(`/~changes?since=${known}`, { cache: "no-store" });
      const newest = await answer.text();
      if (answer.ok && (wasLost || newest !== known)) {
        location.reload();
        return;
      }
    } catch {
      // The server was ended; it may be started again.
      wasLost = true;
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
    ask();
  }

  ask();
})();
