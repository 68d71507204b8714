// One phone on the page: whose it is, which chat it shows, and what can be done in it.

import { $, copyOf, el, paintAccount, paintAvatar, post, setBadge, stampTime, toast } from "./look.js";

// WeChat writes the time again after a silence of five minutes.
const SILENCE = 5 * 60e3;
const LONG_PRESS = 500;
const CHIPS = ["进度", "找谁", "帮助", "人工"];
const ICONS = {
  照片: "M4 7h4l2-3h4l2 3h4v13H4zM12 17a4 4 0 1 0 0-8 4 4 0 0 0 0 8z",
  语音: "M12 15a3 3 0 0 0 3-3V6a3 3 0 0 0-6 0v6a3 3 0 0 0 3 3zM5.5 11.500a6.5 6.5 0 0 0 13 0M12 18v3",
  位置: "M12 21s7-6.5 7-11.500a7 7 0 0 0-14 0C5 14.5 12 21 12 21zM12 12a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5z",
  扫门牌码: "M4 9V4h5M15 4h5v5M20 15v5h-5M9 20H4v-5M4 12h16",
  窗口过期: "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM12 7v5l4 2M5 5l14 14",
  取消关注: "M10 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM3 20c0-3.5 3-6 7-6 1.5 0 3 .4 4 1M15 18h7",
};

const drafts = new Map();

export class Chat {
  // `village` holds the cast, the bubbles and the time (simulator.js).
  constructor(village, label) {
    this.village = village;
    this.root = copyOf("chat-template");
    this.root.setAttribute("aria-label", label);
    this.log = $(".log", this.root);
    this.text = $("textarea", this.root);
    this.openid = "";
    this.kind = "oa";
    this.quote = null;
    this.listen();
  }

  get me() { return this.village.member(this.openid); }
  get view() { return `${this.openid}/${this.kind}`; }
  get inGroup() { return this.kind === "group"; }

  show(openid, kind) {
    if (this.openid === openid && this.kind === kind) return;
    drafts.set(this.view, this.text.value);
    this.openid = openid;
    this.kind = kind;
    this.text.value = drafts.get(this.view) || "";
    this.quoteBubble(null);
    this.togglePanel(false);
    this.render();
    this.resize();
  }

  // -- what is seen

  render() {
    if (!this.openid) return;
    this.renderHead();
    this.log.replaceChildren(this.hint());
    this.lastAt = 0;
    this.atEnd = true;
    for (const entry of this.village.entriesOf(this.openid, this.kind)) this.append(entry);
    this.scrollDown();
  }

  renderHead() {
    const { village, me, kind } = this;
    const title = { oa: "有事好商量", group: `${village.group.name}（${village.groupSize}）`, bot: "小议" }[kind];
    $("h2", this.root).textContent = title;
    this.log.setAttribute("aria-label", `${me.called}的手机：${title}`);
    this.text.setAttribute("aria-label", `以${me.called}的身份说`);
    this.text.placeholder = kind === "oa" ? "" : `${me.called}说…`;
    this.root.dataset.kind = kind;
    this.root.dataset.openid = this.openid;
    paintAvatar($(".whose .avatar", this.root), me);
    $(".whose-name", this.root).textContent = this.root.classList.contains("middle") ? `群里，以${me.called}的身份` : `${me.called}的手机`;
    this.renderKinds();
    const stranger = kind === "oa" && !me.follows;
    const outsider = kind === "group" && !me.in_group;
    $(".follow", this.root).hidden = !stranger && !outsider;
    $(".follow p", this.root).textContent = outsider ? `${me.called}不在这个群里。` : `${me.called}还没关注“有事好商量”。`;
    $(".follow .go", this.root).hidden = outsider;
    $(".foot", this.root).hidden = stranger || outsider;
    this.renderState();
  }

  // What is broken on purpose on this phone, so that nobody wonders where a message stays.
  renderState() {
    const { village, openid } = this;
    const words = [];
    if (village.down) words.push("微信平台停了，公众号发不出消息");
    if (village.closed.has(openid)) words.push("回复窗口过期了，公众号的话进不来；说句话就又开了");
    const state = $(".state", this.root);
    state.hidden = this.kind !== "oa" || !words.length;
    state.textContent = words.join("。");
  }

  // The other chats of this phone, where they have no place of their own on the page.
  renderKinds() {
    const box = $(".kinds", this.root);
    const kinds = this.village.kindsOf(this);
    box.hidden = kinds.length < 2;
    box.replaceChildren();
    for (const [kind, name] of kinds.length < 2 ? [] : kinds) {
      const button = el("button", "", name);
      button.type = "button";
      button.setAttribute("aria-pressed", String(kind === this.kind));
      button.append(el("b", "badge"));
      setBadge($("b", button), kind === this.kind ? 0 : this.village.unread(this.openid, kind));
      button.addEventListener("click", () => this.village.open(this, kind));
      box.append(button);
    }
  }

  hint() {
    const words = this.inGroup ? this.village.group.hint : this.me.hint;
    const line = el("p", "system hint", this.inGroup ? "试试说：" : this.me.lead);
    const button = el("button", "", words);
    button.type = "button";
    button.addEventListener("click", () => { this.text.value = words; this.resize(); this.text.focus(); });
    line.append(button);
    return line;
  }

  // A new bubble, wherever it belongs.
  add(entry) {
    if (!this.village.belongs(entry, this.openid, this.kind)) {
      if (entry.owner === this.openid) this.renderKinds();
      return;
    }
    this.append(entry);
    if (this.isMine(entry) || this.atEnd) this.scrollDown();
    else $(".newer", this.root).hidden = false;
  }

  isMine(entry) { return entry.by === "self" && entry.who === this.openid; }

  append(entry) {
    if (entry.at - this.lastAt > SILENCE) {
      this.log.append(el("p", "system stamp", stampTime(entry.at, this.village.now())));
    }
    this.lastAt = entry.at;
    this.log.append(entry.by === "platform" ? el("p", "system fault", entry.text) : this.row(entry));
  }

  row(entry) {
    const mine = this.isMine(entry);
    const speaker = this.village.member(entry.who);
    const row = el("div", mine ? "row mine" : "row theirs");
    const avatar = el("span", "avatar"), said = el("div", "said"), line = el("div", "line");
    row.dataset.seq = entry.seq;
    if (speaker) paintAvatar(avatar, speaker);
    else paintAccount(avatar, this.kind);
    const name = speaker ? speaker.called : this.kind === "oa" ? "有事好商量" : "小议";
    said.append(el("span", this.inGroup && !mine ? "nick" : "hidden", this.inGroup && !mine ? name : `${name}：`));
    line.append(this.bubble(entry));
    if (this.kind !== "oa") line.append(this.quoteButton(entry, name));
    said.append(line);
    if (entry.kind === "voice") this.appendTranscript(said, entry);
    if (entry.quote) {
      const box = el("div", "quoted");
      box.append(el("span", "", `${entry.quote.who}：${entry.quote.text.replaceAll("\n", " ")}`));
      said.append(box);
    }
    row.append(avatar, said);
    return row;
  }

  bubble(entry) {
    const box = el("div", `bubble ${entry.kind}`);
    if (entry.kind === "image") {
      const picture = el("img");
      const ours = entry.by === "service"; // what the village sent is fetched; what people send is a stand-in
      picture.src = ours ? `/simulator/picture/${encodeURIComponent(entry.text)}` : "/simulator/static/photo.svg";
      picture.className = ours ? "sent" : "";
      picture.alt = ours ? "图片" : "照片：夜里不亮的路灯";
      box.append(picture);
    } else if (entry.kind === "location") {
      box.append(el("strong", "", entry.text.replace(/^\[位置\] ?/, "") || "我的位置"), el("span", "map"));
    } else if (entry.kind === "voice") {
      const seconds = Math.min(60, Math.max(2, Math.round(this.transcript(entry).length / 4)));
      box.append(el("span", "waves"), el("span", "", `${seconds}″`));
      box.setAttribute("aria-label", `语音${seconds}秒`);
    } else {
      box.textContent = entry.text;
    }
    box.addEventListener("contextmenu", (event) => { event.preventDefault(); this.menu(entry, event); });
    box.addEventListener("pointerdown", (event) => this.press(entry, event));
    return box;
  }

  transcript(entry) { return entry.text.replace(/^\[语音\] ?/, ""); }

  appendTranscript(said, entry) {
    const words = this.transcript(entry);
    said.append(el("div", words ? "transcript" : "transcript none", words || "没认出字"));
  }

  scrollDown() {
    this.atEnd = true;
    this.log.scrollTop = this.log.scrollHeight;
    $(".newer", this.root).hidden = true;
  }

  // Whoever reads the newest keeps it in sight when the keyboard, a panel or a line above takes room.
  keepInSight() {
    this.log.addEventListener("scroll", () => {
      this.atEnd = this.log.scrollHeight - this.log.scrollTop - this.log.clientHeight < 60;
      if (this.atEnd) $(".newer", this.root).hidden = true;
    });
    new ResizeObserver(() => { if (this.atEnd) this.scrollDown(); }).observe(this.log);
  }

  // -- quoting, copying

  quoteButton(entry, name) {
    const button = el("button", "quote-it", "引用");
    button.type = "button";
    button.setAttribute("aria-label", `引用${name}的话`);
    button.addEventListener("click", () => this.quoteBubble(entry));
    return button;
  }

  quoteBubble(entry) {
    this.quote = entry;
    const box = $(".quoting", this.root);
    box.hidden = !entry;
    if (!entry) return;
    const speaker = this.village.member(entry.who);
    $("span", box).textContent = `${speaker ? speaker.called : "小议"}：${entry.text}`;
    this.text.focus();
  }

  press(entry, event) {
    if (event.pointerType === "mouse") return;
    const timer = setTimeout(() => this.menu(entry, event), LONG_PRESS);
    for (const name of ["pointerup", "pointercancel", "pointerleave"]) {
      event.target.addEventListener(name, () => clearTimeout(timer), { once: true });
    }
  }

  menu(entry, event) {
    const items = [["复制", () => navigator.clipboard.writeText(entry.text).then(() => toast("复制好了"), () => toast("这个浏览器不让复制"))]];
    if (this.kind !== "oa") items.push(["引用", () => this.quoteBubble(entry)]);
    this.village.openMenu(items, event.clientX, event.clientY);
  }

  // -- what is done

  listen() {
    const { root, text } = this;
    $("form", root).addEventListener("submit", (event) => { event.preventDefault(); this.send(text.value); });
    text.addEventListener("input", () => this.resize());
    text.addEventListener("keydown", (event) => {
      // Enter that ends a Chinese input method's word is not meant for us.
      if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229) return;
      event.preventDefault();
      this.send(text.value);
    });
    text.addEventListener("focus", () => this.togglePanel(false));
    $(".mic", root).addEventListener("click", () => this.speak());
    $(".call", root).addEventListener("click", () => this.call());
    $(".more", root).addEventListener("click", () => this.togglePanel($(".panel", root).hidden));
    $(".newer", root).addEventListener("click", () => this.scrollDown());
    $(".follow .go", root).addEventListener("click", () => this.act("follow"));
    $(".quoting button", root).addEventListener("click", () => this.quoteBubble(null));
    this.keepInSight();
    for (const word of CHIPS) $(".chips", root).append(this.button("", word, () => this.send(word, true)));
    this.fillPanel();
  }

  button(className, text, act) {
    const made = el("button", className, text);
    made.type = "button";
    made.addEventListener("click", act);
    return made;
  }

  fillPanel() {
    const tiles = [
      ["照片", () => this.act("picture")],
      ["语音", () => this.speak()],
      ["位置", () => this.act("place")],
      ["扫门牌码", () => this.scan()],
      ["窗口过期", () => this.act("window", { on: !this.village.closed.has(this.openid) })],
      ["取消关注", () => this.act("unfollow")],
    ];
    for (const [name, act] of tiles) {
      const tile = this.button("tile", "", () => { this.togglePanel(false); act(); });
      tile.append(icon(ICONS[name]), el("span", "", name));
      $(".panel", this.root).append(tile);
    }
  }

  togglePanel(open) {
    $(".panel", this.root).hidden = !open;
    $(".more", this.root).setAttribute("aria-expanded", String(open));
  }

  resize() {
    const { text } = this;
    text.style.height = "auto";
    text.style.height = `${Math.min(text.scrollHeight, 130)}px`;
    const empty = !text.value.trim();
    $(".send", this.root).hidden = empty;
    this.root.classList.toggle("typing", !empty);
  }

  async send(words, isChip = false) {
    const text = words.trim();
    if (!text) return;
    const quote = isChip ? null : this.quote;
    if (!isChip) {
      this.text.value = "";
      this.quoteBubble(null);
      this.resize();
    }
    const fields = { openid: this.openid, chat: this.kind, text };
    if (quote) fields.quote = quote.seq;
    const view = this.view;
    const sent = await post("say", fields);
    if (sent || isChip || view !== this.view || this.text.value) return;
    this.text.value = words; // what was refused is not lost
    this.resize();
  }

  act(name, more = {}) { return post("act", { openid: this.openid, act: name, ...more }); }

  call() {
    if (!this.text.value.includes("@小议")) this.text.value = `@小议 ${this.text.value}`;
    this.resize();
    this.text.focus();
  }

  async speak() {
    const chosen = await this.village.ask("voice", () => { $("#voice-text").value = this.text.value || this.me.hint; });
    if (chosen === "with") await this.act("voice", { recognised: $("#voice-text").value });
    else if (chosen === "without") await this.act("voice");
  }

  async scan() {
    const chosen = await this.village.ask("doors");
    if (chosen) await this.act("scan", { household: Number(chosen) });
  }
}

function icon(path) {
  const space = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(space, "svg"), line = document.createElementNS(space, "path");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  line.setAttribute("d", path);
  svg.append(line);
  return svg;
}

