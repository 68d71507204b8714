// The simulator: the cast, their phones, the village's clock, and the stream that keeps them up to date.

import { Chat } from "./chat.js";
import {
  $, copyOf, el, fromInput, fullTime, inputTime, listTime, morningAfter, paintAccount, paintAvatar, paintGroup, post,
  setBadge, toast,
} from "./look.js";

const FIRST = "o-laowang", SECOND = "o-xiaochen";
const narrow = matchMedia("(max-width: 759px)");

// What this browser remembers of itself; private windows may refuse to keep it.
const notes = {
  get(name, otherwise) { try { return JSON.parse(localStorage.getItem(`simulator.${name}`)) ?? otherwise; } catch { return otherwise; } },
  set(name, value) { try { localStorage.setItem(`simulator.${name}`, JSON.stringify(value)); } catch { /* then not */ } },
};

class Village {
  constructor() {
    this.members = new Map();
    this.group = { name: "", hint: "" };
    this.entries = [];
    this.known = new Set();
    this.mark = notes.get("mark", "");
    this.seen = new Map(notes.get("seen", []));
    this.ahead = 0;
    this.down = false; // the platform answers nothing
    this.closed = new Set(); // whose reply window has run out
  }

  // -- what there is

  member(openid) { return this.members.get(openid); }
  now() { return Date.now() + this.ahead; }
  get groupMembers() { return [...this.members.values()].filter((member) => member.in_group); }
  get groupSize() { return this.groupMembers.length + 1; } // and the assistant

  belongs(entry, openid, kind) {
    return entry.chat === kind && (kind === "group" ? this.member(openid).in_group : entry.owner === openid);
  }

  entriesOf(openid, kind) { return this.entries.filter((entry) => this.belongs(entry, openid, kind)); }

  unread(openid, kind) {
    const seen = this.seen.get(`${openid}/${kind}`) || 0;
    return this.entriesOf(openid, kind).filter((entry) => entry.seq > seen && !(entry.by === "self" && entry.who === openid)).length;
  }

  take(raw) {
    if (this.known.has(raw.seq)) return null;
    this.known.add(raw.seq);
    const entry = { ...raw, at: Date.parse(raw.at) };
    this.entries.push(entry);
    return entry;
  }

  async load() {
    const [cast, screens] = await Promise.all(["cast", "screens"].map(fetchJson));
    this.group = cast.group;
    this.members = new Map(cast.members.map((member, colour) => [member.openid, { ...member, colour }]));
    fillDoors(cast.doors);
    if (screens.mark !== this.mark) { // a server that began anew counts from one again
      this.entries = [];
      this.known.clear();
      this.seen.clear();
      this.mark = screens.mark;
      notes.set("mark", this.mark);
    }
    screens.entries.forEach((raw) => this.take(raw));
    this.entries.sort((one, other) => one.seq - other.seq);
    settle();
    chats.forEach((chat) => chat.render());
    refresh();
    showNow();
  }

  // -- what the chats ask for

  // The chats between which one phone of the page can be switched; the group has a phone of its own where there is room.
  kindsOf(chat) {
    if (chat === group) return [];
    const kinds = [["oa", "公众号"]];
    if (chat === direct && isHidden(group) && this.member(chat.openid).in_group) kinds.push(["group", this.group.name]);
    if (this.entriesOf(chat.openid, "bot").length) kinds.push(["bot", "小议私信"]);
    return kinds;
  }

  open(chat, kind) {
    if (chat === direct && narrow.matches) location.hash = `${chat.openid}/${kind}`;
    else chat.show(chat.openid, kind);
    refresh();
  }

  openMenu(items, x, y) {
    const menu = $("#menu");
    menu.replaceChildren(...items.map(([name, act]) => {
      const button = el("button", "", name);
      button.type = "button";
      button.setAttribute("role", "menuitem");
      button.addEventListener("click", () => { closeMenu(); act(); });
      return button;
    }));
    menu.hidden = false;
    menu.style.left = `${Math.max(8, Math.min(x - menu.offsetWidth / 2, innerWidth - menu.offsetWidth - 8))}px`;
    menu.style.top = `${y - menu.offsetHeight - 12 > 0 ? y - menu.offsetHeight - 12 : y + 12}px`;
    menu.firstElementChild.focus();
  }

  ask(id, prepare = () => {}) {
    const dialog = $(`#${id}`);
    prepare();
    dialog.returnValue = "";
    dialog.showModal();
    return new Promise((answer) => dialog.addEventListener("close", () => answer(dialog.returnValue), { once: true }));
  }
}

async function fetchJson(name) {
  const response = await fetch(`/simulator/${name}`, { cache: "no-store" });
  if (!response.ok) throw new Error(name);
  return response.json();
}

function closeMenu() { $("#menu").hidden = true; }

function fillDoors(doors) {
  $(".door-list").replaceChildren(...doors.map((door) => {
    const button = el("button", "", door.label);
    button.value = String(door.household);
    return button;
  }));
}

// -- which phones are shown

const village = new Village();
const direct = new Chat(village, "私聊"), group = new Chat(village, "村里的群"), second = new Chat(village, "另一部手机");
const chats = [direct, group, second];
$("#phones").append(...chats.map((chat) => chat.root));
direct.root.classList.add("first");
group.root.classList.add("middle");
second.root.classList.add("last");

// The address names who is chosen and, on a phone, which chat is open: #o-laowang/oa
function place() {
  const [openid, kind] = decodeURIComponent(location.hash.slice(1)).split("/");
  const me = village.member(openid) ? openid : notes.get("me", FIRST);
  return { me: village.member(me) ? me : FIRST, kind: ["oa", "group", "bot"].includes(kind) ? kind : "" };
}

function settle() {
  const { me, kind } = place();
  notes.set("me", me);
  const isNarrow = narrow.matches;
  const before = direct.openid === me && !(direct.inGroup && !isHidden(group)) ? direct.kind : "oa";
  direct.show(me, isNarrow ? kind || "oa" : before);
  group.show(me, "group");
  const other = notes.get("second", SECOND);
  const beside = village.member(other) ? other : SECOND;
  second.show(beside, second.openid === beside ? second.kind : "oa");
  document.body.dataset.view = isNarrow && kind ? "chat" : "list";
  fillChoice();
}

function fillChoice() {
  const select = $("select", second.root);
  select.replaceChildren(...[...village.members.values()].map((member) => {
    const option = el("option", "", `${member.called} · ${member.role}`);
    option.value = member.openid;
    return option;
  }));
  select.value = second.openid;
}

$("select", second.root).addEventListener("change", (event) => {
  notes.set("second", event.target.value);
  second.show(event.target.value, "oa");
  refresh();
});

const isHidden = (chat) => chat.root.offsetParent === null;
const visibleChats = () => chats.filter((chat) => !isHidden(chat));

// -- the lists

const rowsOwn = new Map(), rowsPeople = new Map();

function rowIn(rows, list, key, act) {
  if (!rows.has(key)) {
    const row = copyOf("row-template");
    $("button", row).addEventListener("click", act);
    rows.set(key, row);
    list.append(row);
  }
  return rows.get(key);
}

function preview(entry, openid) {
  if (!entry) return "";
  const speaker = village.member(entry.who);
  const text = entry.kind === "image" ? "[图片]" : entry.kind === "voice" ? "[语音]" : entry.text.replaceAll("\n", " ");
  return entry.chat === "group" && entry.who !== openid ? `${speaker ? speaker.called : "小议"}：${text}` : text;
}

function fillRow(row, { name, role = "", last, unread, current, openid, otherwise = "" }) {
  $(".row-name", row).textContent = name;
  $(".row-role", row).textContent = role;
  $("time", row).textContent = last ? listTime(last.at, village.now()) : "";
  $(".row-last", row).textContent = last ? preview(last, openid) : otherwise;
  $("button", row).setAttribute("aria-current", String(Boolean(current)));
  setBadge($(".badge", row), unread);
}

function refreshOwn(me) {
  const member = village.member(me);
  const open = [["oa", "有事好商量", paintAccount], ["group", village.group.name, (box) => paintGroup(box, village.groupMembers)],
    ["bot", "小议", paintAccount]];
  let unread = 0;
  for (const [kind, name, paint] of open) {
    const row = rowIn(rowsOwn, $("#own"), kind, () => { location.hash = `${place().me}/${kind}`; });
    const entries = village.entriesOf(me, kind);
    row.hidden = (kind === "group" && !member.in_group) || (kind === "bot" && !entries.length);
    paint($(".avatar", row), kind);
    const count = village.unread(me, kind);
    unread += count;
    fillRow(row, { name, last: entries.at(-1), unread: count, openid: me, otherwise: kind === "oa" ? `试试说：${member.hint}` : "" });
  }
  $("#side-title").textContent = narrow.matches && document.body.dataset.tab === "own" ? `${member.called}的微信` : "村里的人";
  setBadge($("#tab-own .badge"), unread);
  return unread;
}

function refreshPeople(me) {
  let elsewhere = 0;
  for (const member of village.members.values()) {
    const { openid } = member;
    const row = rowIn(rowsPeople, $("#people"), openid, () => choose(openid));
    const direct = [...village.entriesOf(openid, "oa"), ...village.entriesOf(openid, "bot")].sort((a, b) => a.seq - b.seq);
    const unread = village.unread(openid, "oa") + village.unread(openid, "bot");
    if (openid !== me) elsewhere += unread;
    paintAvatar($(".avatar", row), member);
    fillRow(row, { name: member.called, role: member.role, last: direct.at(-1), unread, current: openid === me, openid, otherwise: member.name === member.called ? "" : member.name });
  }
  setBadge($("#tab-people .badge"), elsewhere);
  return elsewhere;
}

function choose(openid) {
  location.hash = openid;
  showTab("own");
}

function refresh() {
  if (!village.members.size) return;
  if (!document.hidden) {
    for (const chat of visibleChats()) {
      const last = village.entriesOf(chat.openid, chat.kind).at(-1);
      if (last) village.seen.set(chat.view, last.seq);
    }
    notes.set("seen", [...village.seen]);
  }
  const { me } = place();
  const unread = refreshOwn(me) + refreshPeople(me);
  for (const chat of chats) {
    const count = $(".back b", chat.root);
    count.textContent = unread ? String(unread) : "";
    chat.renderKinds();
  }
}

function showTab(name) {
  document.body.dataset.tab = name;
  for (const tab of ["own", "people"]) $(`#tab-${tab}`).setAttribute("aria-selected", String(tab === name));
  refresh();
}

// -- the clock

function showNow() {
  if (village.members.size) $("#now").textContent = fullTime(village.now(), !narrow.matches);
}

function setClock({ now }) {
  village.ahead = Date.parse(now) - Date.now();
  if (document.activeElement !== $("#clock-at")) $("#clock-at").value = inputTime(village.now() + 3600e3);
  showNow();
}

async function moveTo(at) {
  const moved = await post("clock", { now: new Date(at).toISOString() });
  if (!moved) return;
  setClock(moved);
  toast(`时间走到了${fullTime(village.now())}`);
  openSteps(false);
}

function openSteps(open) {
  document.body.classList.toggle("steps-open", open);
  $("#clock-open").setAttribute("aria-expanded", String(open));
}

for (const button of document.querySelectorAll("[data-minutes]")) {
  button.addEventListener("click", () => moveTo(village.now() + Number(button.dataset.minutes) * 60e3));
}
$("[data-morning]").addEventListener("click", (event) => moveTo(morningAfter(village.now(), Number(event.target.dataset.morning))));
$("#clock-form").addEventListener("submit", (event) => { event.preventDefault(); moveTo(fromInput($("#clock-at").value)); });
$("#clock-open").addEventListener("click", () => openSteps(!document.body.classList.contains("steps-open")));

// -- the platform's switches

function setPlatform({ down, closed }) {
  village.down = down;
  village.closed = new Set(closed);
  $("#platform").setAttribute("aria-pressed", String(down));
  if (village.members.size) chats.forEach((chat) => chat.renderState());
}

$("#platform").addEventListener("click", () => post("act", { openid: place().me, act: "platform", on: !village.down }));

// -- the stream

function connect() {
  const stream = new EventSource("/simulator/events");
  stream.addEventListener("open", async () => {
    $("#offline").hidden = true;
    try { await village.load(); } catch { stream.close(); again(); }
  });
  stream.addEventListener("bubble", (event) => {
    const entry = village.take(JSON.parse(event.data));
    if (!entry || !village.members.size) return;
    chats.forEach((chat) => chat.add(entry));
    refresh();
  });
  stream.addEventListener("follows", (event) => {
    const { openid, follows } = JSON.parse(event.data);
    const member = village.member(openid);
    if (!member) return;
    member.follows = follows;
    chats.filter((chat) => chat.openid === openid).forEach((chat) => chat.renderHead());
  });
  stream.addEventListener("platform", (event) => setPlatform(JSON.parse(event.data)));
  stream.addEventListener("clock", (event) => setClock(JSON.parse(event.data)));
  stream.addEventListener("error", () => {
    $("#offline").hidden = false;
    if (stream.readyState === EventSource.CLOSED) again();
  });
}

function again() {
  $("#offline").hidden = false;
  setTimeout(connect, 2000);
}

// -- the rest of the page

function enlarge(on) {
  document.documentElement.classList.toggle("large", on);
  $("#large").setAttribute("aria-pressed", String(on));
  notes.set("large", on);
  if (!village.members.size) return;
  settle();
  refresh();
}

$("#large").addEventListener("click", () => enlarge(!document.documentElement.classList.contains("large")));
$("#tab-own").addEventListener("click", () => showTab("own"));
$("#tab-people").addEventListener("click", () => showTab("people"));
$(".back", direct.root).addEventListener("click", () => { location.hash = place().me; });
document.addEventListener("pointerdown", (event) => { if (!event.target.closest("#menu")) closeMenu(); });
document.addEventListener("keydown", (event) => { if (event.key === "Escape") { closeMenu(); openSteps(false); } });
addEventListener("hashchange", () => { settle(); refresh(); });
addEventListener("resize", () => { settle(); refresh(); });
document.addEventListener("visibilitychange", refresh);

enlarge(notes.get("large", false));
showTab("own");
setInterval(showNow, 1000);
connect();
