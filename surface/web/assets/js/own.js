// On a person's page for a hard moment: keeps this one page on a phone that is
// only theirs, if they say so, and forgets it when they say so.
(() => {
  "use strict";
  const place = document.querySelector("[data-pocket]");
  if (!(place instanceof HTMLElement) || !("serviceWorker" in navigator) || !window.isSecureContext) return;
  const user = place.dataset.pocket ?? "", path = location.pathname;
  const old = document.querySelector(".from") !== null; // this very page was kept
  const html = "<!DOCTYPE html>" + document.documentElement.outerHTML;

  const mine = async () => {
    const who = await pocket.me();
    return who?.own && who.user === user ? who : null;
  };
  const stand = async () => {
    const who = await mine();
    const has = who !== null && await pocket.kept(who, path) !== null;
    place.hidden = old && !has;
    for (const e of place.querySelectorAll("[data-on]")) e.toggleAttribute("hidden", !has);
    for (const e of place.querySelectorAll("[data-off]")) e.toggleAttribute("hidden", has);
    document.documentElement.dataset.met = "yes";
  };
  const keep = async () => {
    await navigator.serviceWorker.register("/sw.js", { scope: "/", updateViaCache: "none" });
    await navigator.serviceWorker.ready;
    const answer = await fetch("/outbox/slip", { cache: "no-store", redirect: "manual" });
    const slip = answer.ok ? (await answer.json()).slip : "";
    const who = await pocket.enrol({ user, key: "", slip, hours: Number(place.dataset.hours), own: true });
    await pocket.keep(who, path, html, true);
  };
  place.querySelector("button[data-off]")?.addEventListener("click", () => keep().then(stand));
  place.querySelector("button[data-on]")?.addEventListener("click", () => pocket.wipe().then(stand));
  // What is kept is renewed each time it is seen with a network.
  mine().then((who) => who && !old ? keep() : null).then(stand);
})();
