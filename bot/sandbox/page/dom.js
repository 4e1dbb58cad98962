// Building DOM nodes. Nothing here, or anywhere on this page, takes markup: people type HTML, and it must stay text.

const SVG = "http://www.w3.org/2000/svg";

const ICONS = {
  attach: "M8 12.5V7a4 4 0 0 1 8 0v8.5a2.5 2.5 0 0 1-5 0V8h0",
  back: "M15 5l-7 7 7 7",
  check: "M5 12.5l4.5 4.5L19 7.5",
  clock: "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM12 7v5l3.5 2",
  close: "M6 6l12 12M18 6L6 18",
  copy: "M9 9h11v11H9zM5 15H4V4h11v1",
  down: "M12 5v14M6 13l6 6 6-6",
  file: "M6 3h8l5 5v13H6zM14 3v5h5",
  gears: "M4 7h10M18 7h2M4 12h3M11 12h9M4 17h8M16 17h4M16 5v4M9 10v4M14 15v4",
  group: "M9 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zM2.5 20c0-4 3-6 6.500-6s6.500 2 6.500 6M16 5a3 3 0 0 1 0 6M18 14.500c2 .8 3.500 2.500 3.500 5.500",
  keyboard: "M3 6h18v12H3zM7 10h0M12 10h0M17 10h0M7 14h10",
  more: "M12 5.500v0M12 12v0M12 18.500v0",
  plus: "M12 5v14M5 12h14",
  person: "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4.500 20.500c0-4.500 3.500-6.500 7.500-6.500s7.500 2 7.500 6.500",
  people: "M4 6h16M4 12h16M4 18h10",
  reply: "M10 6L4 12l6 6M4 12h10c4 0 6 2.500 6 6",
  search: "M11 4a7 7 0 1 0 0 14 7 7 0 0 0 0-14zM16 16l5 5",
  send: "M4 12L20 4l-4.500 16-4-6.500zM11.500 13.500L20 4",
  slash: "M5 4h14v16H5zM14 8l-4 8",
  up: "M9 17L17 7M10 7h7v7",
};

/** An element with attributes, `onclick`-like listeners and children; null and false children are left out. */
export function h(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (typeof value === "function") node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? "" : String(value));
  }
  node.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("class", `icon icon-${name}`);
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", ICONS[name]);
  svg.append(path);
  return svg;
}

export function iconButton(name, label, onclick, attributes = {}) {
  return h("button", { type: "button", class: "icon-button", title: label, "aria-label": label, onclick, ...attributes }, icon(name));
}

/** A round picture of initials, its colour chosen by the id as Telegram does. */
export function avatar(id, title, kind = "") {
  const letters = title.split(/\s+/).filter(Boolean).slice(0, 2).map((word) => [...word][0].toUpperCase()).join("");
  return h("span", { class: `avatar tone-${Math.abs(Number(id) || 0) % 7} ${kind}`, "aria-hidden": "true" }, letters || "?");
}

/** An address that may become a link: http(s) and tg only, whatever else the text says. */
export function safeAddress(raw) {
  const text = String(raw ?? "").trim();
  const full = /^[a-z][a-z0-9+.-]*:/i.test(text) ? text : `https://${text}`;
  try {
    const address = new URL(full);
    return ["http:", "https:", "tg:"].includes(address.protocol) ? address : null;
  } catch {
    return null;
  }
}

/** A message at the top of the screen for a few seconds; `tone` is "error" for what went wrong. */
export function toast(text, tone = "") {
  const node = h("div", { class: `toast ${tone}` }, text);
  document.getElementById("toasts").append(node);
  const seconds = Math.min(8, 3 + text.length / 40);
  setTimeout(() => node.remove(), seconds * 1000);
}

/** A modal window; resolves with the value of the button pressed, or null when it was dismissed. */
export function dialog({ title, body = [], buttons }) {
  return new Promise((resolve) => {
    const form = h("form", { method: "dialog" },
      title && h("h2", {}, title),
      h("div", { class: "dialog-body" }, body),
      h("div", { class: "dialog-buttons" }, buttons.map(({ label, value, tone = "" }) =>
        h("button", { value, class: `flat ${tone}`, formnovalidate: value === "" }, label))));
    const node = h("dialog", { "aria-label": title || "Сообщение" }, form);
    node.addEventListener("click", (event) => { if (event.target === node) node.close(""); });
    node.addEventListener("close", () => {
      node.remove();
      resolve(node.returnValue || null);
    });
    document.body.append(node);
    node.showModal();
  });
}

export function alertDialog(text, title = "") {
  return dialog({ title, body: [h("p", { class: "plain" }, text)], buttons: [{ label: "ОК", value: "ok" }] });
}

export async function confirmed(title, text, label) {
  const body = [h("p", { class: "plain" }, text)];
  const buttons = [{ label: "Отмена", value: "" }, { label, value: "yes", tone: "danger" }];
  return (await dialog({ title, body, buttons })) === "yes";
}
