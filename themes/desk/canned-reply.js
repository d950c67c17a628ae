// `<canned-reply>`: a reply whose placeholders are filled in from fields, and which is copied as plain text.
// A value typed once fills the placeholder of that name in every reply of the page. Nothing is stored: it is about people.

const CHANGED = "slot-changed";

class CannedReply extends HTMLElement {
  connectedCallback() {
    const button = this.querySelector("figcaption button");
    const label = button.textContent;
    const slots = [...this.querySelectorAll(".slot")].map((place) => ({ place, written: place.textContent }));
    const fields = [...this.querySelectorAll("[data-slot]")];
    const fill = (name, value) => {
      for (const { place, written } of slots) {
        if (written !== `{${name}}`) continue;
        place.textContent = value || written;
        place.classList.toggle("set", value !== "");
      }
      for (const field of fields) if (field.dataset.slot === name && field.value !== value) field.value = value;
    };
    this.addEventListener("input", (event) => {
      const detail = { name: event.target.dataset.slot, value: event.target.value };
      document.dispatchEvent(new CustomEvent(CHANGED, { detail }));
    });
    document.addEventListener(CHANGED, ({ detail }) => fill(detail.name, detail.value));
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(this.querySelector("blockquote").innerText.trim());
      button.textContent = this.dataset.copied;
      setTimeout(() => (button.textContent = label), 2000);
    });
    button.setAttribute("aria-live", "polite");
    button.hidden = !navigator.clipboard;
    for (const box of this.querySelectorAll(".slots")) box.hidden = false;
  }
}
customElements.define("canned-reply", CannedReply);
