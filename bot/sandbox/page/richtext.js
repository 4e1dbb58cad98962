// A message's text with its entities, as DOM nodes. Offsets are UTF-16 units, which is what JavaScript strings count.

import { h, safeAddress } from "./dom.js";
import { entityTime, exactly } from "./viewtime.js";

// Of two entities over the same text the block goes outside the inline one.
const OUTER = { expandable_blockquote: 0, blockquote: 0, pre: 1, text_link: 2 };
const PLAIN = { bold: "strong", italic: "em", underline: "u", strikethrough: "s" };
const BLOCKS = new Set(["pre", "blockquote", "expandable_blockquote"]);

/** `world` says what links do: {bot, onCommand, onStart, onWord, onInstant}. */
export function richText(text, entities, world) {
  const queue = [...(entities || [])].sort((a, b) =>
    a.offset - b.offset || b.length - a.length || (OUTER[a.type] ?? 9) - (OUTER[b.type] ?? 9));
  return nodes(text, 0, text.length, queue, world);
}

/** The same text with no look to it, for previews. */
export function plainText(message) {
  if (message.text) return message.text;
  const what = attachmentName(message);
  return [what, message.caption].filter(Boolean).join(", ");
}

/** What a message without text is, in a word. */
export function attachmentName(message) {
  if (message.photo) return "Фотография";
  if (message.document) return message.document.file_name || "Файл";
  if (message.poll) return `Опрос: ${message.poll.question}`;
  if (message.sticker) return `${message.sticker.emoji || ""} Стикер`.trim();
  if (message.voice) return "Голосовое сообщение";
  if (message.video) return "Видео";
  if (message.audio) return message.audio.file_name || "Аудио";
  if (message.animation) return "GIF";
  if (message.contact) return `Контакт: ${message.contact.first_name || ""} ${message.contact.phone_number || ""}`.trim();
  if (message.location) return "Геопозиция";
  return message.text || message.caption ? "" : "Сообщение";
}

function nodes(text, from, to, queue, world) {
  const out = [];
  let at = from;
  while (queue.length && queue[0].offset < to) {
    const entity = queue.shift();
    const start = Math.max(entity.offset, at);
    const end = Math.min(entity.offset + entity.length, to);
    if (end <= start) continue;
    if (start > at) out.push(text.slice(at, start));
    const inside = nodes(text, start, end, queue, world);
    out.push(dressed(entity, text.slice(start, end), inside, world));
    at = end;
    // A block already ends its line: the newline behind it would show as an empty one.
    if (BLOCKS.has(entity.type) && text[at] === "\n" && at < to) at += 1;
  }
  if (at < to) out.push(text.slice(at, to));
  return out;
}

function dressed(entity, raw, inside, world) {
  if (entity.type in PLAIN) return h(PLAIN[entity.type], {}, inside);
  switch (entity.type) {
    case "code": return h("code", { title: "Нажмите, чтобы скопировать", onclick: () => world.onCopy(raw) }, inside);
    case "pre": return h("pre", { "data-language": entity.language || null, tabindex: "0" }, h("code", {}, inside));
    case "spoiler": return spoiler(inside);
    case "blockquote": return h("blockquote", {}, inside);
    case "expandable_blockquote": return expandable(inside);
    case "text_link": return link(entity.url, inside, world);
    case "url": return link(raw, inside, world);
    case "email": return h("span", { class: "mention" }, inside);
    case "bot_command": return word(inside, () => world.onCommand(raw), "command");
    case "mention":
    case "text_mention": return word(inside, () => world.onMention(entity.user, raw), "mention");
    case "hashtag":
    case "cashtag":
    case "phone_number": return h("span", { class: "mention" }, inside);
    case "date_time": return instant(entity, raw, inside, world);
    default: return h("span", {}, inside);
  }
}

/** What can be pressed within a line. A real button is a box: the line would break before it and after it. */
function word(inside, onclick, kind, title = null) {
  const onkeydown = (event) => {
    if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    onclick();
  };
  return h("span", { role: "button", tabindex: "0", class: `word ${kind}`, title, onclick, onkeydown }, inside);
}

function link(address, inside, world) {
  const url = safeAddress(address);
  if (!url) return h("span", {}, inside);
  const start = startOf(url, world.bot);
  if (start !== null) {
    const open = (event) => { event.preventDefault(); world.onStart(start); };
    return h("a", { href: url.href, rel: "noopener noreferrer", onclick: open }, inside);
  }
  return h("a", { href: url.href, target: "_blank", rel: "noopener noreferrer", title: url.href }, inside);
}

/** The payload of a link that opens this bot (empty when there is none), or null for any other link. */
export function startOf(url, bot) {
  const name = bot?.username?.toLowerCase();
  if (!name) return null;
  const web = ["t.me", "telegram.me"].includes(url.hostname) && url.pathname.slice(1).toLowerCase() === name;
  const tg = url.protocol === "tg:" && url.hostname === "resolve" && url.searchParams.get("domain")?.toLowerCase() === name;
  return web || tg ? url.searchParams.get("start") || "" : null;
}

function spoiler(inside) {
  const node = h("span", { class: "spoiler", role: "button", tabindex: "0", "aria-label": "Скрытый текст: показать" }, h("span", {}, inside));
  const show = (event) => {
    if (event.type === "keydown" && event.key !== "Enter" && event.key !== " ") return;
    if (node.classList.contains("shown")) return;
    event.preventDefault();
    node.classList.add("shown");
    node.removeAttribute("role");
    node.removeAttribute("aria-label");
    node.removeAttribute("tabindex");
  };
  node.addEventListener("click", show);
  node.addEventListener("keydown", show);
  return node;
}

function expandable(inside) {
  const quote = h("blockquote", { class: "expandable" }, h("div", { class: "folded" }, inside));
  const toggle = h("button", { type: "button", class: "unfold", "aria-expanded": "false", onclick: () => {
    const open = quote.classList.toggle("open");
    toggle.setAttribute("aria-expanded", String(open));
    toggle.textContent = open ? "Свернуть" : "Показать полностью";
  } }, "Показать полностью");
  quote.append(toggle);
  return quote;
}

function instant(entity, raw, inside, world) {
  const ms = entity.unix_time * 1000;
  const shown = entityTime(entity.unix_time, entity.date_time_format, null);
  const time = h("time", { datetime: new Date(ms).toISOString() }, shown === null ? inside : shown);
  return word(time, () => world.onInstant(exactly(ms)), "instant", exactly(ms));
}
