// Keeps a page fresh from its event stream (Doc.Live). "part" brings new parts
// by their ids, "look" fetches the page again, "over" means signed out. What the
// reader is typing stays as it is.
(() => {
  "use strict";
  const main = /** @type {HTMLElement | null} */ (document.querySelector("main[data-live]"));
  const says = /** @type {HTMLElement | null} */ (document.querySelector("[data-live-says]"));
  if (!main || !window.EventSource) return;

  const say = (words, lost) => {
    if (!says) return;
    says.textContent = words;
    says.classList.toggle("live-lost", lost);
  };
  const put = (old, text) => window.htmx.swap({ sourceElement: old, target: old, text, swap: "outerMorph" });
  // Whether putting fresh in place of old would take away what is being typed.
  const loses = (old, fresh) => {
    const at = document.activeElement;
    if (!at || !at.matches("input, textarea") || !old.contains(at)) return false;
    return !(at.id && fresh.querySelector("#" + CSS.escape(at.id)));
  };

  // What the reader opened stays open.
  const keepOpen = (fresh) => {
    for (const d of fresh.querySelectorAll("details[id]")) {
      const was = document.getElementById(d.id);
      if (was instanceof HTMLDetailsElement) d.toggleAttribute("open", was.open);
    }
  };

  const part = (html) => {
    const box = document.createElement("template");
    box.innerHTML = html;
    for (const fresh of box.content.children) {
      const old = fresh.id && document.getElementById(fresh.id);
      keepOpen(fresh);
      if (old && main.contains(old) && !loses(old, fresh)) put(old, fresh.outerHTML);
    }
  };

  let asking = false;
  let again = false;
  const look = async () => {
    if (asking) { again = true; return; }
    asking = true;
    try {
      const answer = await fetch(location.href, { redirect: "manual", cache: "no-store" });
      if (answer.type === "opaqueredirect" || answer.status === 404) { location.reload(); return; }
      if (!answer.ok) return;
      const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("body");
      const old = document.getElementById("body");
      if (!fresh || !old) return;
      if (loses(old, fresh)) {
        document.addEventListener("focusout", look, { once: true });
        return;
      }
      keepOpen(fresh);
      await put(old, fresh.outerHTML);
    } catch {
      say(says?.dataset.lost ?? "", true);
    } finally {
      asking = false;
      if (again) { again = false; look(); }
    }
  };

  const stream = new EventSource(main.dataset.live);
  let lost = false;
  stream.addEventListener("open", () => {
    say(says?.dataset.fresh ?? "", false);
    if (lost) { lost = false; look(); }
  });
  stream.addEventListener("error", () => { lost = true; say(says?.dataset.lost ?? "", true); });
  stream.addEventListener("part", (e) => part(e.data));
  stream.addEventListener("look", look);
  stream.addEventListener("over", () => { stream.close(); location.reload(); });
  window.addEventListener("pagehide", () => stream.close());
})();
