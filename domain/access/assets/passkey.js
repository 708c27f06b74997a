// @ts-check
// Passkeys: ask our server for a question, the device for the answer, and hand
// the answer in. The page works without this file; its button is then hidden.
(() => {
  "use strict";

  /** @param {string} text @returns {Uint8Array<ArrayBuffer>} */
  const bytes = (text) => {
    const plain = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
    return Uint8Array.from(plain, (c) => c.charCodeAt(0));
  };

  /** @param {ArrayBuffer | null | undefined} buffer @returns {string | undefined} */
  const text = (buffer) => buffer
    ? btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "")
    : undefined;

  /** @param {any} list */
  const named = (list) => list?.map((/** @type {any} */ c) => ({ ...c, id: bytes(c.id) }));

  /** What the server wrote as text, as the browser takes it. @param {any} o @returns {any} */
  const question = (o) => ({
    ...o,
    challenge: bytes(o.challenge),
    allowCredentials: named(o.allowCredentials),
    excludeCredentials: named(o.excludeCredentials),
    ...(o.user && { user: { ...o.user, id: bytes(o.user.id) } }),
  });

  /** What the device said, as text. @param {any} c */
  const answer = (c) => ({
    id: c.id,
    rawId: text(c.rawId),
    type: c.type,
    authenticatorAttachment: c.authenticatorAttachment ?? undefined,
    clientExtensionResults: c.getClientExtensionResults(),
    response: {
      clientDataJSON: text(c.response.clientDataJSON),
      attestationObject: text(c.response.attestationObject),
      transports: c.response.getTransports?.(),
      authenticatorData: text(c.response.authenticatorData),
      signature: text(c.response.signature),
      userHandle: text(c.response.userHandle),
    },
  });

  /** @param {string} path @param {object} body @returns {Promise<any>} */
  const post = async (path, body) => {
    const r = await fetch(path, {
      method: "POST",
      headers: { "Content-Type": "application/json", "Accept": "application/json" },
      body: JSON.stringify(body),
    });
    if (!r.ok) throw Object.assign(new Error("answered " + r.status), { slow: r.status === 429 });
    return r.json();
  };

  /** @param {DOMStringMap} d */
  const go = async (d) => {
    const asked = await post(d.ask ?? "", {});
    const publicKey = question(asked.options);
    const key = d.passkey === "make"
      ? await navigator.credentials.create({ publicKey })
      : await navigator.credentials.get({ publicKey });
    const done = await post(d.answer ?? "", { token: asked.token, answer: answer(key), to: d.to ?? "" });
    location.assign(done.to);
  };

  if (!window.PublicKeyCredential) return;
  document.querySelectorAll("[data-passkey]").forEach((part) => {
    if (!(part instanceof HTMLElement)) return;
    const button = part.querySelector("button");
    const says = part.querySelector("[role=status]");
    if (!button || !says) return;
    part.hidden = false;
    button.addEventListener("click", async () => {
      button.disabled = true;
      says.textContent = part.dataset.wait ?? "";
      try {
        await go(part.dataset);
      } catch (e) {
        const slow = e instanceof Error && /** @type {any} */ (e).slow;
        says.textContent = (slow ? part.dataset.slow : part.dataset.sorry) ?? "";
        button.disabled = false;
        button.focus();
      }
    });
  });
})();
