// The left pane: whom to speak as, and the groups.

import { alertDialog, avatar, dialog, h, icon, iconButton, confirmed } from "./dom.js";
import { fullName, serviceNotice } from "./message.js";
import { plainText } from "./richtext.js";
import { stamp } from "./viewtime.js";

export function peoplePane(root, app) {
  const search = h("input", { type: "search", placeholder: "Поиск", "aria-label": "Поиск по людям и группам", oninput: () => draw() });
  const list = h("div", { class: "chat-list", onkeydown: walk });
  root.append(
    h("header", { class: "bar" },
      h("div", { class: "search" }, icon("search"), search),
      iconButton("close", "Закрыть список", () => app.show("chat"), { class: "icon-button narrow-only" })),
    list,
    h("footer", { class: "pane-footer" },
      h("p", { title: "Сообщения не покидают этот компьютер" }, h("span", { id: "line", class: "line-state" }), h("span", { id: "line-words" }, "Песочница · только на этом компьютере")),
      h("button", { type: "button", class: "flat danger", onclick: () => reset(app) }, "Начать заново")));

  let due = 0;

  /** A notice to a hundred people comes as a hundred events: the list is drawn once a frame. */
  function draw() {
    cancelAnimationFrame(due);
    due = requestAnimationFrame(drawNow);
  }

  function drawNow() {
    const wanted = search.value.trim().toLowerCase();
    const found = [...app.chats.values()].filter((chat) => haystack(chat).includes(wanted));
    const people = found.filter((chat) => chat.person);
    const groups = found.filter((chat) => !chat.person);
    if (wanted && !found.length) return void list.replaceChildren(h("p", { class: "empty" }, "Никого не нашлось"));
    // The row in focus is built anew with the rest; whoever walks by the keyboard must not lose the place.
    const focused = list.contains(document.activeElement) ? document.activeElement.dataset.key : null;
    list.replaceChildren(
      h("h2", {}, "Пишем боту как"), ...people.map((chat) => row(chat, app)), wanted ? "" : addRow("Новый человек", () => addPerson(app)),
      h("h2", {}, "Группы"), ...groups.map((chat) => row(chat, app)), wanted ? "" : addRow("Новая группа", () => addGroup(app)));
    if (focused) list.querySelector(`[data-key="${CSS.escape(focused)}"]`)?.focus();
  }

  function addRow(label, onclick) {
    return h("button", { type: "button", class: "chat-row add", "data-key": label, onclick }, h("span", { class: "avatar" }, icon("plus")), h("span", {}, label));
  }

  function walk(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    const rows = [...list.querySelectorAll(".chat-row")];
    rows[rows.indexOf(document.activeElement) + step]?.focus();
    event.preventDefault();
  }

  return { draw };
}

function haystack(chat) {
  return `${chat.title} ${chat.person?.username || ""} ${chat.person?.note || ""}`.toLowerCase();
}

function row(chat, app) {
  const last = chat.last();
  const open = app.current === chat;
  const gone = chat.person?.is_deleted ? "deleted" : chat.person?.is_blocked ? "blocked" : "";
  const mark = { deleted: "аккаунт удалён", blocked: "заблокировал бота" }[gone] || chat.person?.note;
  return h("button", { type: "button", class: `chat-row${open ? " open" : ""}`, "data-key": chat.id, "aria-current": open ? "true" : null, onclick: () => app.open(chat.id) },
    h("span", { class: "avatar-frame" }, avatar(chat.id, chat.title, gone), chat.person ? null : h("span", { class: "badge-icon" }, icon("group"))),
    h("span", { class: "chat-words" },
      h("span", { class: "top" }, h("b", {}, chat.title), last && h("span", { class: "when" }, stamp(last.date * 1000))),
      mark && h("span", { class: `mark ${gone}` }, mark),
      h("span", { class: "bottom" },
        h("span", { class: "preview" }, preview(chat, last)),
        chat.unread > 0 && h("span", { class: "unread", "aria-label": `непрочитанных: ${chat.unread}` }, String(chat.unread)))));
}

function preview(chat, last) {
  if (!last) return "нет сообщений";
  const notice = serviceNotice(last);
  if (notice) return notice;
  const isOwn = last.from?.id === chat.id;
  return [isOwn || !last.from ? "" : h("i", {}, `${last.from.first_name}: `), plainText(last).slice(0, 120)];
}

/** Asks for a name and makes the person; resolves with the id, or null when the window was dismissed. */
export async function addPerson(app) {
  const first = h("input", { required: true, maxlength: 64, autocomplete: "off", autofocus: true });
  const last = h("input", { maxlength: 64, autocomplete: "off" });
  const username = h("input", { maxlength: 32, autocomplete: "off", pattern: "@?[A-Za-z][A-Za-z0-9_]{3,31}", placeholder: "необязательно", title: "Латинские буквы, цифры и подчёркивание, от 4 знаков" });
  const done = await dialog({ title: "Новый человек", body: [field("Имя", first), field("Фамилия", last), field("Имя пользователя", username)],
    buttons: [{ label: "Отмена", value: "" }, { label: "Добавить", value: "yes" }] });
  if (done !== "yes") return null;
  const body = { first_name: first.value.trim() || "Без имени" };
  if (last.value.trim()) body.last_name = last.value.trim();
  if (username.value.trim()) body.username = username.value.trim().replace(/^@/, "");
  const made = await app.tell("people", body);
  if (!made) return null;
  await app.refresh();
  await app.open(made.id);
  return made.id;
}

async function addGroup(app) {
  const people = [...app.chats.values()].filter((chat) => chat.person && !chat.person.is_deleted);
  if (!people.length) return void alertDialog("Сначала добавьте хотя бы одного человека.");
  const title = h("input", { required: true, maxlength: 128, autocomplete: "off", autofocus: true });
  const boxes = people.map((chat) => h("label", { class: "check" }, h("input", { type: "checkbox", value: chat.id }), fullName(chat.person)));
  const done = await dialog({ title: "Новая группа", body: [field("Название", title), h("fieldset", {}, h("legend", {}, "Участники (бот добавится сам)"), boxes)],
    buttons: [{ label: "Отмена", value: "" }, { label: "Создать", value: "yes" }] });
  if (done !== "yes") return;
  const ids = boxes.map((box) => box.firstChild).filter((box) => box.checked).map((box) => Number(box.value));
  const made = await app.tell("groups", { title: title.value.trim() || "Группа", member_ids: ids });
  if (!made) return;
  await app.refresh();
  await app.open(made.id);
}

export function field(label, input) {
  return h("label", { class: "field" }, h("span", {}, label), input);
}

async function reset(app) {
  const text = "Все переписки песочницы будут забыты. База самого бота при этом не меняется.";
  if (!(await confirmed("Начать заново?", text, "Забыть переписки"))) return;
  await app.tell("reset", {});
  await app.reload();
}
