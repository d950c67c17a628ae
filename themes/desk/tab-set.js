// `<tab-set>`: titled sections become tabs (WAI-ARIA Authoring Practices, tabs with automatic activation).

let sets = 0;

class TabSet extends HTMLElement {
  connectedCallback() {
    const set = ++sets;
    const panels = [...this.querySelectorAll(":scope > section")];
    const list = document.createElement("div");
    list.setAttribute("role", "tablist");
    const tabs = panels.map((panel, index) => {
      const title = panel.querySelector(":scope > .label");
      const tab = document.createElement("button");
      tab.type = "button";
      tab.id = `tab:${set}:${index}`;
      tab.append(...title.childNodes);
      title.remove();
      tab.setAttribute("role", "tab");
      panel.id ||= `panel:${set}:${index}`;
      tab.setAttribute("aria-controls", panel.id);
      panel.setAttribute("role", "tabpanel");
      panel.setAttribute("aria-labelledby", tab.id);
      panel.tabIndex = 0;
      return tab;
    });
    const choose = (chosen) => {
      tabs.forEach((tab, index) => {
        tab.setAttribute("aria-selected", String(index === chosen));
        tab.tabIndex = index === chosen ? 0 : -1;
        panels[index].hidden = index !== chosen;
      });
    };
    list.addEventListener("click", (event) => {
      const chosen = tabs.indexOf(event.target.closest("button"));
      if (chosen >= 0) choose(chosen);
    });
    list.addEventListener("keydown", (event) => {
      const now = tabs.indexOf(document.activeElement);
      const forward = getComputedStyle(this).direction === "rtl" ? "ArrowLeft" : "ArrowRight";
      const back = forward === "ArrowLeft" ? "ArrowRight" : "ArrowLeft";
      const moves = { [forward]: now + 1, [back]: now - 1, Home: 0, End: tabs.length - 1 };
      if (!(event.key in moves)) return;
      event.preventDefault();
      const next = (moves[event.key] + tabs.length) % tabs.length;
      choose(next);
      tabs[next].focus();
    });
    list.append(...tabs);
    this.prepend(list);
    choose(0);
  }
}
customElements.define("tab-set", TabSet);
