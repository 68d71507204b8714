// Small things the page is made of: elements, avatars, and times as WeChat writes them.
// Words of people reach the page through textContent only, so that nothing they type can become markup.

const EIGHT_HOURS = 8 * 3600e3;
const WEEKDAYS = "日一二三四五六";
const COLOURS = 12;

export const $ = (selector, root = document) => root.querySelector(selector);

export function el(tag, className = "", text = "") {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (text) made.textContent = text;
  return made;
}

export const copyOf = (id) => $(`#${id}`).content.firstElementChild.cloneNode(true);

// The village lives in China time, wherever the browser stands.
function parts(at) {
  const there = new Date(at + EIGHT_HOURS);
  const pad = (number) => String(number).padStart(2, "0");
  return {
    day: Math.floor((at + EIGHT_HOURS) / 86400e3),
    year: there.getUTCFullYear(),
    date: `${there.getUTCMonth() + 1}月${there.getUTCDate()}日`,
    week: `周${WEEKDAYS[there.getUTCDay()]}`,
    clock: `${pad(there.getUTCHours())}:${pad(there.getUTCMinutes())}`,
    input: there.toISOString().slice(0, 16),
  };
}

export function fullTime(at, withYear = true) {
  const { year, date, week, clock } = parts(at);
  return `${withYear ? `${year}年` : ""}${date} ${week} ${clock}`;
}

// As above a message: 15:04, 昨天 15:04, 周三 15:04, 8月12日 15:04.
export function stampTime(at, now) {
  const then = parts(at), ago = parts(now).day - then.day;
  const before = ago === 0 ? "" : ago === 1 ? "昨天 " : ago > 1 && ago < 7 ? `${then.week} ` : `${then.date} `;
  return before + then.clock;
}

// As in the chat list: only the day once it has passed.
export function listTime(at, now) {
  const then = parts(at), ago = parts(now).day - then.day;
  return ago === 0 ? then.clock : ago === 1 ? "昨天" : ago > 1 && ago < 7 ? then.week : then.date;
}

export const inputTime = (at) => parts(at).input;
export const fromInput = (value) => Date.parse(`${value}:00+08:00`);

// The next day at that hour, in village time.
export const morningAfter = (now, hour) => (parts(now).day + 1) * 86400e3 + hour * 3600e3 - EIGHT_HOURS;

export function paintAvatar(box, member) {
  box.className = `${box.classList.contains("small") ? "avatar small" : "avatar"} c${member.colour % COLOURS}`;
  box.textContent = member.mark;
  box.setAttribute("aria-hidden", "true");
}

// The official account has its sign; the group's assistant is another account.
export function paintAccount(box, kind) {
  box.className = kind === "oa" ? "avatar account" : "avatar assistant";
  box.textContent = kind === "oa" ? "" : "议";
  box.setAttribute("aria-hidden", "true");
}

// A group's picture is made of its first nine members.
export function paintGroup(box, members) {
  box.className = "avatar mosaic";
  box.replaceChildren(...members.slice(0, 9).map((member) => el("i", `c${member.colour % COLOURS}`, member.mark)));
  box.setAttribute("aria-hidden", "true");
}

export function setBadge(badge, count) {
  badge.hidden = count === 0;
  badge.textContent = count > 99 ? "99+" : String(count);
  badge.setAttribute("aria-label", `${count}条没看`);
}

let toastTimer = 0;

export function toast(text) {
  const box = $("#toast");
  box.textContent = text;
  box.hidden = false;
  clearTimeout(toastTimer);
  toastTimer = setTimeout(() => { box.hidden = true; }, 3500);
}

export async function post(path, fields) {
  try {
    const response = await fetch(`/simulator/${path}`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(fields),
    });
    const answer = await response.json().catch(() => ({}));
    if (response.ok) return answer;
    toast(answer.error || "没发出去，请再试一次。");
  } catch {
    toast("连不上服务器，请看看它还开着没有。");
  }
  return null;
}
