// What a page does beyond links and forms. Every page works without it.
(() => {
  "use strict";
  const root = document.documentElement;

  // Leave: blank at once, and take this page's place in the history.
  const leave = (link) => {
    document.title = "";
    root.hidden = true;
    location.replace(link.href);
  };
  document.addEventListener("click", (e) => {
    const link = e.target instanceof Element && e.target.closest("a[data-leave]");
    if (!link || e.button !== 0 || e.ctrlKey || e.metaKey || e.shiftKey) return;
    e.preventDefault();
    leave(link);
  });

  // Escape three times leaves too, as on GOV.UK pages.
  let escapes = [];
  document.addEventListener("keydown", (e) => {
    const link = document.querySelector("a[data-leave]");
    if (!link || e.key !== "Escape") return;
    escapes = [...escapes, e.timeStamp].filter((t) => e.timeStamp - t < 2000);
    if (escapes.length >= 3) leave(link);
  });

  // A page that the browser kept asleep is asked for again: on a shared phone
  // the back button must not show what was there.
  window.addEventListener("pageshow", (e) => {
    if (e.persisted) location.reload();
  });

  // The answer to a form cannot be come back to: the browser says so in words of
  // its own, or that there is no network. Its place in the history is the form's page.
  if (root.dataset.form) history.replaceState(history.state, "", root.dataset.form);

  // A form that is come back to is the form that was sent: it keeps its mark. The
  // same words are then taken once, and others are not taken for something new.
  const acts = /** @type {NodeListOf<HTMLInputElement>} */ (document.querySelectorAll('form[data-back] > input[name="act"]'));
  const before = history.state?.acts ?? [];
  if (acts.length > 0 && before.length === acts.length) {
    acts.forEach((act, n) => { act.value = before[n]; });
  } else if (acts.length > 0) {
    history.replaceState({ ...history.state, acts: [...acts].map((act) => act.value) }, "");
  }

  // A form is sent once; its button says that something happens.
  document.addEventListener("submit", (e) => {
    const form = e.target;
    if (!(form instanceof HTMLFormElement)) return;
    if (form.dataset.sent) {
      e.preventDefault();
      return;
    }
    form.dataset.sent = "yes";
    const button = e.submitter;
    if (button) {
      button.setAttribute("aria-disabled", "true");
      if (root.dataset.busy && form.method === "post" && button.classList.contains("button-go")) {
        window.setTimeout(() => { button.textContent = root.dataset.busy; }, 600);
      }
    }
    window.setTimeout(() => { delete form.dataset.sent; button?.removeAttribute("aria-disabled"); }, 8000);
  });

  // A page that is made for paper offers to print itself.
  for (const button of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-print]"))) {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  }

  // After a form that could not be taken, the summary is where one is.
  /** @type {HTMLElement | null} */ (document.querySelector("[data-focus]"))?.focus();
})();
