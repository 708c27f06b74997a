// @ts-check
// Turns notifications on in this browser. Without it, or where the browser has
// none, the form stays hidden and the other ways to be told are there.
(() => {
  "use strict";
  const form = /** @type {HTMLFormElement | null} */ (document.querySelector("form[data-push-form]"));
  const button = /** @type {HTMLButtonElement | null} */ (document.querySelector("button[data-push-key]"));
  if (!form || !button || !("serviceWorker" in navigator) || !("PushManager" in window)) return;

  /** @param {string} text @returns {Uint8Array<ArrayBuffer>} */
  const bytes = (text) => {
    const plain = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
    return Uint8Array.from(plain, (c) => c.charCodeAt(0));
  };

  const subscribe = async () => {
    if (await Notification.requestPermission() !== "granted") throw new Error("not allowed");
    await navigator.serviceWorker.register("/sw.js", { scope: "/" });
    const worker = await navigator.serviceWorker.ready;
    const key = bytes(button.dataset.pushKey ?? "");
    const subscription = await worker.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key });
    const field = /** @type {HTMLInputElement} */ (form.elements.namedItem("push"));
    field.value = JSON.stringify(subscription);
    form.submit();
  };

  const says = document.querySelector("[data-push-says]");
  button.addEventListener("click", (event) => {
    event.preventDefault();
    subscribe().catch(() => says?.removeAttribute("hidden"));
  });
  form.hidden = false;
})();
