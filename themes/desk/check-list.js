// `<check-list>`: a list to tick, remembered on this device by the text of each line, so that it survives edits of others.

class CheckList extends HTMLElement {
  connectedCallback() {
    const boxes = [...this.querySelectorAll(".checks input")];
    const foot = this.querySelector(":scope > .meta");
    const output = foot.querySelector("output");
    const { edition, root } = document.documentElement.dataset;
    const lists = [...document.querySelectorAll("check-list")];
    const name = this.id || lists.indexOf(this);
    const key = `${edition}:${new URL(root, location.href).pathname}:checks:${location.pathname}:${name}`;
    const line = (box) => box.closest("label").textContent.trim();
    const show = () => {
      const done = boxes.filter((box) => box.checked).length;
      output.textContent = output.dataset.text.replace("{n}", done).replace("{of}", boxes.length);
      foot.querySelector("button").hidden = done === 0;
    };
    const keep = () => {
      try {
        localStorage.setItem(key, JSON.stringify(boxes.filter((box) => box.checked).map(line)));
      } catch {
        // no storage: the ticks hold for this visit
      }
      show();
    };
    try {
      const ticked = JSON.parse(localStorage.getItem(key) ?? "null");
      if (Array.isArray(ticked)) for (const box of boxes) box.checked = ticked.includes(line(box));
    } catch {
      // unreadable: the list starts as it was written
    }
    this.addEventListener("change", keep);
    foot.querySelector("button").addEventListener("click", () => {
      for (const box of boxes) box.checked = false;
      keep();
      boxes[0]?.focus();
    });
    foot.hidden = false;
    show();
  }
}
customElements.define("check-list", CheckList);
