// On workers' pages and on crisis help: lets the service worker in, keeps
// today's pages for the hours without a network, sends what was written
// meanwhile and says how that stands.
(() => {
  "use strict";
  const root = document.documentElement;
  if (!("serviceWorker" in navigator) || !window.isSecureContext) return;

  const crisis = location.pathname.startsWith("/crisis") ? location.pathname : document.querySelector('a[href^="/crisis"]')?.getAttribute("href");
  navigator.serviceWorker.register("/sw.js", { scope: "/", updateViaCache: "none" }).catch(() => null);
  navigator.serviceWorker.ready.then((r) => r.active?.postMessage({ lang: root.lang, crisis }));
  if (!root.dataset.from) return; // nobody who works here
  const old = document.querySelector(".from") !== null; // this very page was kept
  const html = "<!DOCTYPE html>" + root.outerHTML;

  // How long a kept page is as good as new: each look is on the person's record.
  const fresh = 3600 * 1000;
  const wanted = () => {
    const links = [...document.querySelectorAll("main a[href]")].map((a) => a.getAttribute("href") ?? "");
    const about = links.map((l) => l.replace(/^(\/walk\/[^/]+)\/note$/, "$1"));
    return new Set(about.filter((l) => seen.test(l)).flatMap((l) => l.startsWith("/walk/") ? beside(l) : [l]));
  };
  // What one needs of a person where there is no network.
  const beside = (walk) => [walk, walk + "/note", walk + "/diary"];
  // A page that was opened is kept, too, with what goes beside it: whoever opened
  // it has seen it.
  const seen = /^\/(walk|handoff)\/[^/]+$/;
  const opened = async (who) => {
    const path = location.pathname, rest = plans().includes(path);
    if (rest || seen.test(path)) await pocket.keep(who, path, html, rest);
    if (seen.test(path) && path.startsWith("/walk/")) await fetched(who, beside(path));
    if (path !== "/today") await fetched(who, plans());
  };
  // Plans of those who said that theirs may be here.
  const plans = () => [...document.querySelectorAll("[data-rest] a[href]")].map((a) => a.getAttribute("href") ?? "");
  const prefetch = async (who) => {
    await pocket.keep(who, "/today", html);
    await pocket.only(who, plans());
    const all = wanted();
    await fetched(who, [...all, ...plans().filter((path) => all.has(path.replace(/\/(plan|hard)$/, "")))]);
  };
  // Fetches what is not here, or is old.
  const fetched = async (who, paths) => {
    for (const path of paths) {
      const have = await pocket.kept(who, path);
      if (have && Date.now() - have.at < fresh) continue;
      const answer = await fetch(path, { cache: "no-store", redirect: "manual", signal: pocket.patient(20) });
      if (answer.status === 200) await pocket.keep(who, path, await answer.text(), plans().includes(path));
      else if (answer.type === "opaqueredirect") return;
      else if ([403, 404].includes(answer.status)) await pocket.drop(who, path);
    }
  };

  const stand = async () => {
    const place = document.querySelector("[data-resting]");
    const who = await pocket.me();
    if (!(place instanceof HTMLElement)) return;
    const list = who ? await pocket.items(who.user) : [];
    place.hidden = list.length === 0;
    place.querySelector("p")?.toggleAttribute("hidden", !list.some((item) => item.state === "needs"));
    const lines = await Promise.all(list.map(async (item) => {
      const line = document.createElement("li");
      line.dataset.state = item.state;
      const { kind, whom } = await pocket.labelOf(who, item);
      const said = (place.dataset[item.state] ?? "").replace("{time}", pocket.clock(item.at, root.dataset.zone));
      line.textContent = [place.dataset[kind], whom && `\u2068${whom}\u2069`, said].filter(Boolean).join(" · ");
      return line;
    }));
    place.querySelector("ul")?.replaceChildren(...lines);
  };

  let busy = false, leaving = false;
  // A network that is slow, and gives a kept page once more, is not asked again
  // and again.
  const anew = () => {
    if (old && Number(sessionStorage.getItem("anew")) > Date.now() - 60000) return;
    sessionStorage.setItem("anew", String(old ? Date.now() : 0));
    leaving = true;
    location.reload();
  };
  const meet = async () => {
    if (busy) return;
    busy = true;
    try {
      const before = await pocket.me();
      let settled = before ? await pocket.send(before.user) : 0;
      const answer = await fetch("/outbox/key", { cache: "no-store", redirect: "manual", signal: pocket.patient(20) });
      if (answer.type === "opaqueredirect" || [401, 403, 404].includes(answer.status)) {
        await pocket.wipe();
        if (old) anew();
        return;
      }
      if (!answer.ok) return;
      const who = await pocket.enrol(await answer.json());
      settled += await pocket.send(who.user);
      await pocket.age();
      if (!old) await opened(who);
      if (location.pathname !== "/today") return;
      if (old || settled > 0) anew(); // what is shown is not how it stands
      else await prefetch(who);
    } catch {
      // No network. What waits goes on waiting.
    } finally {
      busy = false;
      if (!leaving) {
        await stand();
        root.dataset.met = "yes";
      }
    }
  };

  // What a form lacks is said before it is sent: later nobody can be asked back.
  const lacking = (form) => {
    const said = new FormData(form);
    const has = (part) => {
      const [name, value] = part.split("=");
      return said.getAll(name).some((got) => value ? got === value : got !== "");
    };
    return [...form.querySelectorAll("[data-check]")].filter((place) => {
      const { when, check } = place.dataset;
      place.hidden = when !== undefined && !has(when) || check.split(" ").some(has);
      return !place.hidden;
    });
  };
  document.addEventListener("submit", (e) => {
    if (!(e.target instanceof HTMLFormElement)) return;
    const [first] = lacking(e.target);
    if (!first) return;
    e.preventDefault();
    e.stopImmediatePropagation();
    e.target.querySelector("[data-soon]")?.removeAttribute("hidden");
    first.scrollIntoView({ block: "center" });
  }, true);

  // The tab remembers when a form was sent first, by its act.
  const writtenFirst = (act) => {
    const now = String(Date.now());
    try {
      const first = sessionStorage.getItem("written " + act) ?? now;
      sessionStorage.setItem("written " + act, first);
      return first;
    } catch {
      return now;
    }
  };
  // When it was written, for what is sent later; a form that is come back to was
  // written when it was sent first.
  document.addEventListener("submit", (e) => {
    const act = e.target instanceof HTMLFormElement && e.target.querySelector('input[name="act"]');
    if (!(act instanceof HTMLInputElement) || !(e.target instanceof HTMLFormElement)) return;
    const old = e.target.querySelector('input[name="written"]');
    const field = old instanceof HTMLInputElement ? old : document.createElement("input");
    field.type = "hidden";
    field.name = "written";
    field.value ||= writtenFirst(act.value);
    e.target.append(field);
  }, true);
  window.addEventListener("online", meet);
  stand().then(meet);
})();
