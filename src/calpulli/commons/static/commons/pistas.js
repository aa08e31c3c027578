// Hints while one writes: asks this site after a pause and puts the answer where the page without scripts would show it.
// The page works the same without this file. Nothing is kept, here or there.
"use strict";

const PAUSE_MS = 1200;

function follow(field) {
  const region = document.getElementById(field.id + "_hints");
  const status = document.getElementById(field.id + "_status");
  const token = field.form.elements.namedItem("csrfmiddlewaretoken");
  let timer = 0;
  let asking = null;
  let told = field.value;

  async function ask() {
    const text = field.value;
    if (text === told) return;
    if (asking) asking.abort();
    asking = new AbortController();
    const body = new URLSearchParams({ text, csrfmiddlewaretoken: token.value });
    try {
      const answer = await fetch(field.dataset.hints, { method: "POST", body, signal: asking.signal, credentials: "same-origin" });
      if (!answer.ok) return;
      show(await answer.text());
      told = text;
    } catch (error) {
      // The person goes on writing; the button of the page asks again.
    }
  }

  function show(markup) {
    const came = new DOMParser().parseFromString(markup, "text/html");
    const summary = came.querySelector("[data-summary]");
    if (!summary) return;
    summary.remove();
    region.replaceChildren(...came.body.childNodes);
    // Said aloud only when it says something else than before.
    if (status.textContent !== summary.textContent) status.textContent = summary.textContent;
  }

  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, PAUSE_MS);
  });
}

document.querySelectorAll("textarea[data-hints]").forEach(follow);
