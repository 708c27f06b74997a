// The service worker's part for when there is no network. Before it, the program
// puts SHELL (files and pages that hold nothing about anyone), VERSION, RESTS and
// NEVER (forms that may be sent later, and those that may not), POLICY (what a
// page may load) and pocket.js. Pages come from the network; only without one
// does anything here answer for it.
const worker = /** @type {ServiceWorkerGlobalScope} */ (/** @type {unknown} */ (self));
const languages = ["en", "es", "ar"];
const cacheName = "shell-" + VERSION;

worker.addEventListener("install", (e) => e.waitUntil(caches.open(cacheName).then((shell) => shell.addAll(SHELL))));

worker.addEventListener("activate", (e) => e.waitUntil((async () => {
  for (const name of await caches.keys()) {
    if (name.startsWith("shell-") && name !== cacheName) await caches.delete(name);
  }
})()));

// A page says which language and which crisis lines are wanted here.
worker.addEventListener("message", (e) => {
  const { lang, crisis } = e.data ?? {};
  if (languages.includes(lang) && /^\/crisis(\/[a-z]{2})?$/.test(crisis)) e.waitUntil(prefer({ lang, crisis }));
});
// The pages for no network have the same country's numbers.
const calm = (crisis) => crisis.replace("/crisis", "/offline");
const OUT = "&out=yes";
const prefer = async (wish) => {
  const shell = await caches.open(cacheName);
  const had = await wished();
  const fresh = had.crisis === wish.crisis && Date.now() - had.at < 24 * 3600 * 1000;
  await shell.put("/phone/wish", new Response(JSON.stringify({ ...wish, at: fresh ? had.at : Date.now() })));
  if (!fresh) await shell.addAll(languages.flatMap((l) => [wish.crisis, calm(wish.crisis), "/crisis", "/offline"].map((path) => path + "?lang=" + l).concat(calm(wish.crisis) + "?lang=" + l + OUT)).filter((path, i, all) => all.indexOf(path) === i));
};
const wished = async () => {
  const said = await (await caches.open(cacheName)).match("/phone/wish");
  return said ? said.json() : { lang: languages.find((l) => navigator.language.startsWith(l)) ?? "en", crisis: "/crisis", at: 0 };
};

const fits = (pattern, path) => {
  const a = pattern.split("/"), b = path.split("/");
  return a.length === b.length && a.every((part, i) => part.startsWith("{") ? b[i] !== "" : part === b[i]);
};
const mayRest = (path) => RESTS.some((p) => fits(p, path)) && !NEVER.some((p) => fits(p, path));

worker.addEventListener("fetch", (e) => {
  const url = new URL(e.request.url);
  if (url.origin !== worker.location.origin) return;
  if (e.request.mode !== "navigate" && e.request.method === "POST" && url.pathname.startsWith("/sign-in")) e.waitUntil(goodbye(e));
  if (e.request.mode === "navigate") {
    e.respondWith(e.request.method === "POST" ? post(e, url) : get(e, url));
  } else if (url.pathname.startsWith("/assets/")) {
    e.respondWith(caches.match(e.request).then((hit) => hit ?? fetch(e.request)));
  }
});

// Who goes to the sign-in page, or signs out, leaves nothing on the phone that
// can be read here. What waits to be sent is sent first if it can be. What a
// person keeps on a phone of their own stays until someone signs in or out.
const goodbye = async (e) => {
  const who = await pocket.me();
  if (!who) return;
  if (who.own && e.request.method !== "POST" && new URL(e.request.url).pathname !== "/leave") return;
  const sending = pocket.send(who.user);
  e.waitUntil(sending);
  if (e.request.method === "POST") await Promise.race([sending, new Promise((ok) => setTimeout(ok, 3000))]);
  await pocket.wipe();
};

// A network that hangs is as good as none. Nobody waits for it longer than this
// while there is something else to do; once it hung, less.
let hung = 0;
const patience = (path) => path.startsWith("/crisis") || Date.now() - hung < 60000 ? 1000 : 4000;
const within = (ms, asked) => new Promise((ok, no) => {
  const bell = setTimeout(() => { hung = Date.now(); no(new Error("no answer")); }, ms);
  asked.then((answer) => { hung = 0; ok(answer); }, no).finally(() => clearTimeout(bell));
});

// What is not kept here goes on waiting for the network a while longer.
const get = async (e, url) => {
  if (url.pathname.startsWith("/sign-in") || url.pathname === "/leave") await goodbye(e).catch(() => pocket.wipe());
  const asked = pocket.pay().then(() => fetch(e.request));
  e.waitUntil(asked.then(() => met(url.pathname)).catch(() => null));
  try {
    const answer = await within(patience(url.pathname), asked);
    return answer.type === "opaqueredirect" && url.pathname === "/mine/hard" && await ended(url).catch(() => null) || answer;
  } catch {
    return await without(url) ?? within(20000, asked).catch(() => offline(url.pathname + url.search));
  }
};
// A sign-in that only ran out leaves what a person keeps on a phone of their own:
// it is shown, with a way to sign in.
const ended = async (url) => {
  await pocket.stands();
  const who = await pocket.me();
  const page = who?.own && await pocket.show(who, url.pathname);
  return page ? dressed(page, "ended") : null;
};
// The program was met. Pages of who works here ask for themselves.
const met = async (path) => {
  const who = await pocket.me();
  if (who?.own || path === "/" || path.startsWith("/crisis")) await pocket.stands();
};

const post = async (e, url) => {
  // Someone goes back to the answer to a form. It is kept nowhere, the browser
  // asks no network for it, and it must neither go out nor rest here again.
  if (e.request.cache === "only-if-cached") return Response.redirect("/", 303);
  if (url.pathname === "/sign-out" || url.pathname.startsWith("/sign-in")) await goodbye(e).catch(() => pocket.wipe());
  const who = await pocket.me();
  const rests = who && !who.own && mayRest(url.pathname);
  const copy = e.request.clone();
  const asked = pocket.pay().then(() => fetch(e.request));
  try {
    return await (rests || url.pathname === "/sign-out" ? within(patience(url.pathname), asked) : asked);
  } catch {
    const form = await copy.text();
    if (url.pathname === "/sign-out") {
      await pocket.owe();
      return offline("/", OUT);
    }
    if (url.pathname === "/language") return language(new URLSearchParams(form));
    if (!rests || new URLSearchParams(form).has("look")) return offline();
    await pocket.rest(who, url.pathname, form, await about(who, url.pathname).catch(() => ({ kind: "step", whom: "" })));
    return Response.redirect("/today", 303);
  }
};

// What is written, and about whom: as the page about them calls them, if the phone has it.
const about = async (who, path) => {
  const [, on, id, rest] = path.split("/");
  const kind = on === "walk" ? (rest === "note" ? "note" : "plan") : on === "today" ? "later" : "step";
  const page = id && await pocket.show(who, (on === "walk" ? "/walk/" : "/handoff/") + id);
  const [, head] = /<h1[^>]*>([^]*?)<\/h1>/.exec(page?.html ?? "") ?? [];
  const letters = { "&amp;": "&", "&lt;": "<", "&gt;": ">", "&#34;": '"', "&#39;": "'" };
  return { kind, whom: (head ?? "").replace(/<[^>]*>/g, "").replace(/&[a-z0-9#]+;/g, (l) => letters[l] ?? l).trim() };
};

const language = async (form) => {
  const lang = form.get("lang"), back = form.get("back") ?? "/";
  if (languages.includes(lang)) await prefer({ ...await wished(), lang });
  return Response.redirect(/^\/[^/\\]/.test(back) ? back : "/", 303);
};

// The answer when there is no network, or nothing where none is kept.
const without = async (url) => {
  if (url.pathname === "/leave") {
    await pocket.owe();
    return new Response("", { headers: { "Content-Type": "text/html" } });
  }
  if (url.pathname === "/crisis" || url.pathname.startsWith("/crisis/")) return crisis(url.pathname);
  const who = await pocket.me();
  if (!who) return null;
  const home = who.own ? "/mine/hard" : "/today";
  const page = await pocket.show(who, ["/", "/mine"].includes(url.pathname) ? home : url.pathname).catch(() => null);
  return page ? dressed(page) : null;
};
const stored = async (path) => (await (await caches.open(cacheName)).match(path))?.clone();
const crisis = async (path) => {
  const { lang, crisis } = await wished();
  const first = path === "/crisis" ? crisis : path; // nobody said which country: this phone's
  return await stored(first + "?lang=" + lang) ?? await stored(crisis + "?lang=" + lang) ?? await stored("/crisis?lang=" + lang);
};
// "Try again", and another language, lead to the page that was wanted.
const offline = async (again = "/", out = "") => {
  const { lang, crisis } = await wished();
  const page = await stored(calm(crisis) + "?lang=" + lang + out) ?? await stored("/offline?lang=" + lang + out);
  const to = again.replaceAll("&", "&amp;");
  const html = (await page?.text() ?? "").replace('href="/offline"', () => `href="${to}"`).replace(/(name="back" value=")[^"]*"/g, (_, front) => front + to + '"');
  return drawn(html);
};
const drawn = (html) => new Response(html, { headers: { "Content-Type": "text/html; charset=utf-8", "Cache-Control": "no-store", "Content-Security-Policy": POLICY, "Referrer-Policy": "no-referrer" } });

// A page that was kept says since when, and its forms get ids of their own.
const dressed = ({ at, html }, why = "from") => {
  const said = (name) => new RegExp(` data-${name}="([^"]*)"`).exec(html)?.[1] ?? "";
  const time = pocket.clock(at, said("zone"));
  const door = why === "ended" ? ` <a href="/sign-in?to=/mine/hard">${said("door")}</a>` : "";
  const words = said(why).replace("{time}", time) + door;
  const out = html
    .replace('<div id="body">', () => `<div id="body"><p class="from" role="status">${words}</p>`)
    .replace(/ hidden(="")? data-soon/g, "")
    .replace(/(name="act" value=")[0-9a-z]{26}"/g, (_, front) => front + pocket.newId() + '"')
    .replace(/ data-live="[^"]*"/, "");
  return drawn(out);
};
