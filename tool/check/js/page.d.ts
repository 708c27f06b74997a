// What scripts in pages find there beside what browsers have.
interface Window {
  htmx: { swap(what: object): Promise<void> };
}
