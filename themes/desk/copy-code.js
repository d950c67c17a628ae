// `<copy-code>`: a block of code with a button that copies it.

class CopyCode extends HTMLElement {
  connectedCallback() {
    const button = this.querySelector("button");
    const label = button.textContent;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(this.querySelector("code").textContent);
      button.textContent = this.dataset.copied;
      setTimeout(() => (button.textContent = label), 2000);
    });
    button.setAttribute("aria-live", "polite");
    // clipboards need a safe address
    button.hidden = !navigator.clipboard;
  }
}
customElements.define("copy-code", CopyCode);
