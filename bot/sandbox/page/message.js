// One message as a bubble, with its attachments, its quoted message, its reactions and the buttons under it.

import { avatar, h, icon, iconButton, safeAddress } from "./dom.js";
import { attachmentName, plainText, richText } from "./richtext.js";
import { exactly, hour } from "./viewtime.js";

/** `view`: {world, mine, group, reply(message), press(message, button, node), open(address, button), jump(id)}. */
export function bubble(message, view) {
  const notice = serviceNotice(message);
  if (notice) return h("div", { class: "service", "data-id": message.message_id }, h("span", {}, notice));
  const mine = view.mine(message);
  const buttons = message.reply_markup?.inline_keyboard;
  const text = message.text ?? message.caption ?? "";
  const inside = h("div", { class: `bubble${message.photo ? " pictured" : ""}` },
    view.group && !mine && h("div", { class: `sender ink-${tone(message.from)}` }, fullName(message.from)),
    message.forward_origin && h("div", { class: "forwarded" }, "Пересланное сообщение"),
    quote(message, view),
    attachment(message),
    text && h("div", { class: "text", dir: "auto" }, richText(text, message.entities || message.caption_entities, view.world), meta(message, mine)),
    !text && meta(message, mine));
  return h("article", { class: `message ${mine ? "out" : "in"}${buttons?.length ? " with-keys" : ""}${view.group ? " of-group" : ""}`, "data-id": message.message_id, tabindex: "-1" },
    h("div", { class: "line" }, view.group && !mine && message.from && avatar(message.from.id, fullName(message.from)), inside, iconButton("reply", "Ответить", () => view.reply(message), { class: "icon-button answer" })),
    reactions(view.reactions),
    buttons?.length && inlineKeyboard(message, buttons, view));
}

export function fullName(user) {
  if (!user) return "Без имени";
  return [user.first_name, user.last_name].filter(Boolean).join(" ") || user.title || `id ${user.id}`;
}

function tone(user) {
  return Math.abs(Number(user?.id) || 0) % 7;
}

function meta(message, mine) {
  const ms = message.date * 1000;
  const changed = message.edit_date ? `изменено ${exactly(message.edit_date * 1000)}` : null;
  return h("span", { class: "meta" },
    changed && h("span", { class: "changed", title: changed }, "изменено"),
    h("time", { datetime: new Date(ms).toISOString(), title: exactly(ms) }, hour(ms)),
    mine && h("span", { title: "Отправлено" }, icon("check")));
}

function quote(message, view) {
  const source = message.reply_to_message;
  if (!source) return null;
  return h("button", { type: "button", class: "quote", onclick: () => view.jump(source.message_id) },
    h("b", {}, fullName(source.from)), h("span", {}, (message.quote?.text || plainText(source)).slice(0, 160)));
}

function attachment(message) {
  if (message.photo?.length) {
    const largest = message.photo[message.photo.length - 1];
    const source = fileAddress(largest.file_id);
    const image = h("img", { src: source, alt: message.caption || "Фотография" });
    // The place is kept before the picture comes, so that the chat does not jump.
    if (largest.width && largest.height) image.style.aspectRatio = `${largest.width} / ${largest.height}`;
    return h("a", { class: "photo", href: source, target: "_blank", rel: "noopener" }, image);
  }
  const file = message.document || message.video || message.audio || message.animation || message.voice;
  if (file) {
    const name = file.file_name || attachmentName(message);
    const ending = name.includes(".") ? name.split(".").pop().slice(0, 4) : "";
    return h("a", { class: "file", href: fileAddress(file.file_id), download: name },
      h("span", { class: `file-icon kind-${ending.toLowerCase().replace(/[^a-z]/g, "") || "any"}` }, ending ? ending.toUpperCase() : icon("file")),
      h("span", { class: "file-words" }, h("b", {}, name), h("span", {}, `${size(file.file_size)} · скачать`)));
  }
  if (message.poll) return poll(message.poll);
  if (!message.text && !message.caption) return h("div", { class: "other" }, attachmentName(message));
  return null;
}

function poll(told) {
  return h("div", { class: "poll" }, h("b", {}, told.question),
    h("span", { class: "hint" }, told.is_anonymous === false ? "Открытый опрос" : "Анонимный опрос"),
    h("ul", {}, (told.options || []).map((option) => h("li", {}, option.text))));
}

function fileAddress(fileId) {
  return `/sandbox/files/${encodeURIComponent(fileId)}`;
}

function size(bytes) {
  if (!bytes) return "0 Б";
  const unit = Math.min(2, Math.floor(Math.log(bytes) / Math.log(1024)));
  const number = bytes / 1024 ** unit;
  return `${number.toLocaleString("ru", { maximumFractionDigits: unit ? 1 : 0 })} ${["Б", "КБ", "МБ"][unit]}`;
}

function reactions(list) {
  const shown = (list || []).map((reaction) => reaction.emoji || "★");
  return shown.length > 0 && h("div", { class: "reactions" }, shown.map((emoji) => h("span", {}, emoji)));
}

function inlineKeyboard(message, rows, view) {
  return h("div", { class: "inline-keyboard" }, rows.map((row) => h("div", { class: "row" }, row.map((button) => inlineButton(message, button, view)))));
}

function inlineButton(message, button, view) {
  const corner = button.url ? "up" : button.copy_text ? "copy" : null;
  const face = [h("span", {}, button.text), corner && icon(corner)];
  const url = button.url && safeAddress(button.url);
  if (url) {
    const go = (event) => { if (view.open(url)) event.preventDefault(); };
    return h("a", { href: url.href, target: "_blank", rel: "noopener noreferrer", title: url.href, onclick: go }, face);
  }
  const node = h("button", { type: "button", title: button.callback_data ? `callback_data: ${button.callback_data}` : null,
    onclick: () => view.press(message, button, node) }, face);
  return node;
}

/** What happened, for a message that nobody wrote; null for any other. */
export function serviceNotice(message) {
  const who = fullName(message.from);
  const names = (list) => list.map(fullName).join(", ");
  if (message.new_chat_members) return `${names(message.new_chat_members)} теперь в группе`;
  if (message.left_chat_member) return `${fullName(message.left_chat_member)} больше не в группе`;
  if (message.group_chat_created) return `${who}: группа создана`;
  if (message.new_chat_title) return `Группа теперь называется «${message.new_chat_title}»`;
  if (message.pinned_message) return `${who}: закреплено «${plainText(message.pinned_message).slice(0, 60)}»`;
  if (message.migrate_to_chat_id || message.migrate_from_chat_id) return "Группа стала супергруппой";
  return null;
}
