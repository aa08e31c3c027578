// Saves a long form while one writes: sends what there is after a pause, and says when it was kept.
// The page works the same without this file: its own button keeps the same. What another window kept since is never written over:
// the site answers that this one is behind, and from then on this file keeps quiet. Chosen files are not sent.
"use strict";

const PAUSE_MS = 2000;

function keep(form) {
  const status = form.querySelector("[data-kept]");
  const mark = form.elements.namedItem("mark");
  const written = () => {
    const body = new URLSearchParams();
    for (const [name, value] of new FormData(form)) {
      if (typeof value === "string" && name !== "mark" && name !== "step") body.append(name, value);
    }
    return body;
  };
  let told = written().toString();
  let timer = 0;
  let queue = Promise.resolve();
  let waiting = 0;
  let stopped = false;

  function say(words) {
    // Said aloud only when it says something else than before.
    if (words && status.textContent !== words) status.textContent = words;
  }

  async function save() {
    const body = written();
    const now = body.toString();
    if (stopped || now === told) return;
    body.append("mark", mark.value);
    body.append("step", "autosave");
    try {
      const answer = await fetch(form.dataset.keeps, { method: "POST", body, credentials: "same-origin", keepalive: now.length < 30000 });
      const came = await answer.json();
      if (answer.ok) {
        mark.value = came.mark;
        told = now;
      } else {
        stopped = answer.status === 409;
      }
      say(came.says || status.dataset.failed);
    } catch (error) {
      say(status.dataset.failed);
    }
  }

  // One after the other, so that this window is never behind itself.
  function next() {
    clearTimeout(timer);
    waiting += 1;
    queue = queue.then(save).finally(() => {
      waiting -= 1;
    });
  }

  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(next, PAUSE_MS);
  });
  // Whoever leaves for another window, or puts the phone away, may not come back.
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") next();
  });
  form.addEventListener("submit", (event) => {
    clearTimeout(timer);
    stopped = true;
    if (!waiting) return;
    event.preventDefault();
    const button = event.submitter;
    queue.then(() => form.requestSubmit(button));
  });
}

document.querySelectorAll("form[data-keeps]").forEach(keep);
