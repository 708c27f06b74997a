// What rests on a worker's phone: pages for the hours without a network, locked
// with a key that cannot be taken out of the browser, and what was written
// meanwhile, locked so that only the organisation can open it. Shared by the
// service worker and the pages. Nothing about a person is written down plain.
const pocket = (() => {
  "use strict";
  const letters = "0123456789abcdefghjkmnpqrstvwxyz";
  const hour = 3600 * 1000;
  const bytesOf = (/** @type {string} */ text) => new TextEncoder().encode(text);
  const to64 = (/** @type {Uint8Array} */ b) => btoa(Array.from(b, (c) => String.fromCharCode(c)).join(""));
  const from64 = (/** @type {string} */ s) => Uint8Array.from(atob(s), (c) => c.charCodeAt(0));
  const join = (/** @type {Uint8Array[]} */ ...parts) => {
    const out = new Uint8Array(parts.reduce((n, p) => n + p.length, 0));
    parts.reduce((at, p) => (out.set(p, at), at + p.length), 0);
    return out;
  };

  const opened = () => new Promise((ok, no) => {
    const ask = indexedDB.open("pocket", 1);
    ask.onupgradeneeded = () => {
      ask.result.createObjectStore("me");
      ask.result.createObjectStore("pages");
      ask.result.createObjectStore("outbox", { keyPath: "id" });
    };
    ask.onsuccess = () => ok(ask.result);
    ask.onerror = () => no(ask.error);
  });
  // One transaction on one store; answers what `act` asked for.
  const on = async (store, mode, act) => {
    const db = await opened();
    try {
      return await new Promise((ok, no) => {
        const tx = db.transaction(store, mode);
        const asked = act(tx.objectStore(store));
        tx.oncomplete = () => ok(asked?.result);
        tx.onabort = tx.onerror = () => no(tx.error);
      });
    } finally {
      db.close();
    }
  };

  // Nothing waits for a network that hangs: so many seconds, and it counts as none.
  const patient = (seconds) => AbortSignal.timeout(seconds * 1000);

  const aged = (at, hours) => at > Date.now() + hour || Date.now() - at > hours * hour;
  const wipe = async () => {
    await on("me", "readwrite", (s) => s.delete("me"));
    await on("pages", "readwrite", (s) => s.clear());
  };
  // Whose phone this is now, or nothing. Too old: everything goes.
  const me = async () => {
    const who = await on("me", "readonly", (s) => s.get("me"));
    if (!who) return null;
    if (!aged(who.at, who.hours)) return who;
    await wipe();
    return null;
  };
  // The server said who is signed in. Another person's pages go.
  const enrol = async (said) => {
    let who = await me();
    if (who && who.user !== said.user) {
      await wipe();
      who = null;
    }
    const lock = who?.lock ?? await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
    const now = { user: said.user, key: said.key, slip: said.slip, hours: said.hours, own: said.own === true, lock, at: Date.now() };
    await on("me", "readwrite", (s) => s.put(now, "me"));
    return now;
  };

  // A sign-out that found no network: it is owed, and paid before anything else.
  const owe = () => on("me", "readwrite", (s) => s.put(true, "out"));
  const pay = async () => {
    if (!await on("me", "readonly", (s) => s.get("out"))) return;
    await fetch("/sign-out", { method: "POST", redirect: "manual", cache: "no-store", signal: patient(4) });
    await on("me", "readwrite", (s) => s.delete("out"));
  };

  const nameOf = async (who, path) => to64(new Uint8Array(await crypto.subtle.digest("SHA-256", bytesOf(who.user + " " + path))));
  // asked: it is here because the person said that it may be.
  const keep = async (who, path, html, asked = false) => {
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const body = await crypto.subtle.encrypt({ name: "AES-GCM", iv, additionalData: bytesOf(path) }, who.lock, bytesOf(html));
    const name = await nameOf(who, path);
    await on("pages", "readwrite", (s) => s.put({ at: Date.now(), iv, body, asked }, name));
  };
  const kept = async (who, path) => {
    const name = await nameOf(who, path);
    const page = await on("pages", "readonly", (s) => s.get(name));
    return page && !aged(page.at, who.hours) ? page : null;
  };
  const drop = async (who, path) => {
    const name = await nameOf(who, path);
    await on("pages", "readwrite", (s) => s.delete(name));
  };
  // Of what is here because someone said so, only what is still said stays.
  const only = async (who, paths) => {
    const names = await Promise.all(paths.map((path) => nameOf(who, path)));
    await sift((page, name) => page.asked && !names.includes(name));
  };
  const show = async (who, path) => {
    const page = await kept(who, path);
    if (!page) return null;
    const plain = await crypto.subtle.decrypt({ name: "AES-GCM", iv: page.iv, additionalData: bytesOf(path) }, who.lock, page.body);
    return { at: page.at, html: new TextDecoder().decode(plain) };
  };
  const age = async () => {
    const who = await me();
    if (who) await sift((page) => aged(page.at, who.hours));
  };
  const sift = (goes) => on("pages", "readwrite", (s) => {
    s.openCursor().onsuccess = (e) => {
      const c = e.target.result;
      if (!c) return;
      if (goes(c.value, c.key)) c.delete();
      c.continue();
    };
  });

  // An id as the server makes them: six bytes of time, ten by chance.
  const newId = () => {
    const b = crypto.getRandomValues(new Uint8Array(16));
    for (let i = 5, ms = Date.now(); i >= 0; i--, ms = Math.floor(ms / 256)) b[i] = ms % 256;
    let out = "", bits = 0, have = 0;
    for (const c of b) {
      bits = (bits << 8) | c;
      for (have += 8; have >= 5; have -= 5) out += letters[(bits >> (have - 5)) & 31];
      bits &= (1 << have) - 1;
    }
    return out + letters[(bits << (5 - have)) & 31];
  };

  // Locks bytes for the organisation, bound to what it is and whose.
  const box = async (key, bound, plain) => {
    const theirs = await crypto.subtle.importKey("raw", key, { name: "ECDH", namedCurve: "P-256" }, false, []);
    const one = await crypto.subtle.generateKey({ name: "ECDH", namedCurve: "P-256" }, false, ["deriveBits"]);
    const point = new Uint8Array(await crypto.subtle.exportKey("raw", one.publicKey));
    const secret = await crypto.subtle.deriveBits({ name: "ECDH", public: theirs }, one.privateKey, 256);
    const base = await crypto.subtle.importKey("raw", secret, "HKDF", false, ["deriveKey"]);
    const how = { name: "HKDF", hash: "SHA-256", salt: new Uint8Array(), info: join(bytesOf("alongside box 1"), point, key) };
    const lock = await crypto.subtle.deriveKey(how, base, { name: "AES-GCM", length: 256 }, false, ["encrypt"]);
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv, additionalData: bytesOf(bound) }, lock, plain);
    return join(Uint8Array.of(1), point, iv, new Uint8Array(sealed));
  };
  // On the phone's own list: what it is and about whom, locked for who is signed
  // in here, and for nobody after that.
  const label = async (who, id, said) => {
    const iv = crypto.getRandomValues(new Uint8Array(12));
    return { iv, body: await crypto.subtle.encrypt({ name: "AES-GCM", iv, additionalData: bytesOf(id) }, who.lock, bytesOf(JSON.stringify(said))) };
  };
  const labelOf = async (who, { id, label }) => {
    try {
      const plain = await crypto.subtle.decrypt({ name: "AES-GCM", iv: label.iv, additionalData: bytesOf(id) }, who.lock, label.body);
      return JSON.parse(new TextDecoder().decode(plain));
    } catch {
      return { kind: "", whom: "" };
    }
  };
  // Time of day as the organisation's pages say it.
  const clock = (at, zone) => {
    const how = /** @type {const} */ ({ hour: "2-digit", minute: "2-digit" });
    try {
      return new Date(at).toLocaleTimeString("en-GB", { ...how, timeZone: zone || undefined });
    } catch {
      return new Date(at).toLocaleTimeString("en-GB", how);
    }
  };
  // What a form says, without when and under which id: the same words again are
  // the same. It rests locked, with the label.
  const markOf = async (path, fields) => {
    const said = [...fields].filter(([name]) => name !== "act" && name !== "written");
    return to64(new Uint8Array(await crypto.subtle.digest("SHA-256", bytesOf(JSON.stringify([path, said])))));
  };
  // A form that was come back to and rests already is not written over: the same
  // words rest once, others under an id of their own.
  const rest = async (who, path, form, said) => {
    const fields = new URLSearchParams(form);
    const mark = await markOf(path, fields);
    const old = await on("outbox", "readonly", (s) => s.get(fields.get("act") ?? ""));
    if (old && old.user === who.user) {
      if ((await labelOf(who, old)).mark === mark) return;
      fields.set("act", newId());
    }
    const id = fields.get("act") ?? "";
    const sealed = await box(from64(who.key), id + " " + who.user, bytesOf(path + "\n" + fields));
    const item = { id, user: who.user, slip: who.slip, at: Date.now(), state: "waiting", box: to64(sealed), label: await label(who, id, { ...said, mark }) };
    await on("outbox", "readwrite", (s) => s.put(item));
  };
  const items = async (user) => {
    const all = await on("outbox", "readonly", (s) => s.getAll());
    return all.filter((i) => i.user === user).sort((a, b) => a.at - b.at);
  };

  // What an answer makes of items: gone from the phone once the server has them.
  // It answers how many are settled: those the server took, in their order.
  const states = { taken: "sent", apart: "needs", needs: "needs", kept: "needs", damaged: "needs" };
  const settle = async (some, answer) => {
    let said = { items: [], wipe: false };
    try { said = await answer.json(); } catch { return 0; }
    const settled = some.filter((item, n) => said.items?.[n]?.id === item.id && states[said.items[n].state]);
    const became = settled.map((item, n) => ({ ...item, state: states[said.items[n].state], box: said.items[n].state === "damaged" ? item.box : "" }));
    await on("outbox", "readwrite", (s) => { for (const item of became) s.put(item); });
    if (said.wipe) await wipe();
    return settled.length;
  };
  // As many as go at once: fewer than the server takes, and always the first.
  const batch = (waiting) => {
    let size = 0;
    return waiting.slice(0, 100).filter((item, n) => (size += item.box.length + item.slip.length + 100) < 256 * 1024 || n === 0);
  };
  const forgetSent = async (all) => {
    const old = all.filter((item) => item.state !== "waiting" && !item.box && aged(item.at, 24));
    if (old.length > 0) await on("outbox", "readwrite", (s) => { for (const item of old) s.delete(item.id); });
  };
  // Sends what waits of one person, in order, one sender at a time, many at once.
  // It stops at the first that cannot be sent now, and answers how many are
  // settled.
  const send = (user) => navigator.locks.request("outbox", async () => {
    const all = await items(user);
    await forgetSent(all);
    let waiting = all.filter((item) => item.state === "waiting"), settled = 0;
    while (waiting.length > 0) {
      const some = batch(waiting);
      const body = JSON.stringify({ items: some.map(({ id, slip, box }) => ({ id, slip, box })) });
      let took = 0;
      try {
        const answer = await fetch("/outbox", { method: "POST", body, headers: { "Content-Type": "application/json" }, redirect: "manual", cache: "no-store", signal: patient(60) });
        took = await settle(some, answer);
      } catch {
        return settled;
      }
      settled += took;
      if (took < some.length) return settled;
      waiting = waiting.slice(took);
    }
    return settled;
  });

  // Asks whether what is kept may stay: an account that ended, or a sign-in that
  // did on a worker's phone, takes it along at once.
  const stands = async () => {
    const who = await me();
    if (!who?.slip) return;
    const body = JSON.stringify({ slip: who.slip, own: who.own });
    const answer = await fetch("/outbox/stands", { method: "POST", body, headers: { "Content-Type": "application/json" }, redirect: "manual", cache: "no-store", signal: patient(20) });
    if (answer.ok && (await answer.json()).wipe) await wipe();
  };

  return { patient, me, stands, enrol, wipe, owe, pay, keep, kept, drop, only, show, age, newId, labelOf, clock, rest, items, send };
})();
