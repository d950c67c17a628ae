// `<stale-notice>`: shown from the day on which the review of the page is overdue.

class StaleNotice extends HTMLElement {
  connectedCallback() {
    this.hidden = new Date().toISOString().slice(0, 10) <= this.dataset.due;
  }
}
customElements.define("stale-notice", StaleNotice);
