/* What the pages do in the browser: the conversation, and the drawer that shows a quote in its article. */
var footnote = window.footnote || (window.footnote = (function () {
  "use strict";

  // ------------------------------------------------------------------ the reader's language

  var words = JSON.parse(document.body.dataset.words || "{}"); // what is not English, by the English

  function say(text) { return words[text] || text; }

  // Elements that Gradio made in English.
  function translate() {
    question().placeholder = say(question().placeholder);
    document.querySelectorAll("#composer label > span, #composer button").forEach(function (element) {
      element.textContent = say(element.textContent.trim());
    });
  }

  // ------------------------------------------------------------------ the source drawer

  var opener = null; // the link that opened the drawer; it gets the focus back
  var openings = 0; // and closings: what comes for an earlier one comes too late

  function drawer() { return document.querySelector(".drawer"); }

  // "#src=ARTICLE:START-END:NUMBER:VERSION" -> the address of what the drawer shows, or null; `link` is what was clicked
  function quoteUrl(hash, link) {
    var found = /^#src=([^:]+):(\d+)-(\d+):\d+:([^:]*)$/.exec(hash);
    if (!found) return null;
    var asked = new URLSearchParams({
      part: "true", id: decodeURIComponent(found[1]), start: found[2], end: found[3],
      version: decodeURIComponent(found[4]), c: conversation
    });
    var turn = link && link.closest(".turn"), tools = turn && turn.querySelector(".tools");
    if (tools) asked.set("turn", tools.dataset.turn);
    return "article?" + asked;
  }

  function openDrawer(url, link) {
    var opening = openings += 1;
    return fetch(url).then(function (reply) {
      if (!reply.ok) throw new Error("status " + reply.status);
      return reply.text();
    }).catch(function () {
      return '<header class="head"><h2 class="title" tabindex="-1">' + say("Not available") + "</h2></header>" +
        '<p class="notice">' + say("The article could not be loaded: is Footnote still running?") + "</p>";
    }).then(function (html) {
      if (opening !== openings) return;
      var panel = drawer(), page = panel.querySelector(".page");
      page.innerHTML = html;
      panel.hidden = false;
      document.body.classList.add("reading");
      setCurrent(link);
      showStep();
      page.querySelector("h1, h2").focus({ preventScroll: true });
      var head = page.querySelector(".head"); // under which the quote must not stand
      page.style.scrollPaddingTop = getComputedStyle(head).position === "sticky" ? head.offsetHeight + "px" : "";
      var mark = page.querySelector(".text mark, .title mark");
      if (mark) mark.scrollIntoView({ block: "center" }); else page.scrollTop = 0;
    });
  }

  function closeDrawer() {
    var panel = drawer();
    openings += 1;
    if (!panel || panel.hidden) return;
    panel.hidden = true;
    panel.querySelector(".page").innerHTML = "";
    document.body.classList.remove("reading");
    var back = opener && (opener.isConnected ? opener : linkTo(opener.getAttribute("href")));
    setCurrent(null);
    if (location.hash.indexOf("#src=") === 0) history.replaceState(history.state, "", location.pathname + location.search);
    if (back) back.focus();
  }

  // The quotes of the answer that the open one belongs to, in order.
  function quotes() {
    var turn = opener && opener.closest(".turn");
    var chips = turn ? Array.from(turn.querySelectorAll("a.cite")) : [];
    return chips.sort(function (a, b) { return a.textContent - b.textContent; });
  }

  function place() {
    return quotes().findIndex(function (chip) { return chip.getAttribute("href") === opener.getAttribute("href"); });
  }

  function showStep() {
    var all = quotes(), at = place(), steps = drawer().querySelector(".steps");
    steps.hidden = all.length < 2 || at < 0;
    drawer().querySelector(".step").textContent = steps.hidden ? "" :
      say("Quote {number} of {count}").replace("{number}", at + 1).replace("{count}", all.length);
    drawer().querySelector(".previous").disabled = at <= 0;
    drawer().querySelector(".next").disabled = at >= all.length - 1;
  }

  function step(by) {
    var chip = quotes()[place() + by];
    if (!chip || place() < 0) return;
    openQuote(chip);
    chip.scrollIntoView({ block: "nearest" });
  }

  function openQuote(link) {
    var href = link.getAttribute("href");
    history.replaceState(history.state, "", location.pathname + location.search + href);
    openDrawer(quoteUrl(href, link), link);
  }

  function setCurrent(link) {
    document.querySelectorAll("a[aria-current='true']").forEach(function (a) { a.removeAttribute("aria-current"); });
    if (link) link.setAttribute("aria-current", "true");
    opener = link;
  }

  function linkTo(href) {
    return Array.from(document.querySelectorAll("a[href]")).reverse().find(function (a) {
      return a.getAttribute("href") === href;
    });
  }

  function plainClick(event) {
    return event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
  }

  document.addEventListener("click", function (event) {
    if (!(event.target instanceof Element)) return;
    if (event.target.closest(".drawer .close")) return closeDrawer();
    if (event.target.closest(".drawer .previous")) return step(-1);
    if (event.target.closest(".drawer .next")) return step(1);
    document.querySelectorAll("details.earlier[open], details.drop[open]").forEach(function (menu) {
      if (!menu.contains(event.target)) menu.open = false;
    });
    var button = event.target.closest("button");
    if (button) press(button);
    var link = event.target.closest("a[href]");
    if (!link || !plainClick(event)) return;
    var href = link.getAttribute("href");
    if (href.indexOf("#src=") === 0) {
      event.preventDefault();
      event.stopPropagation();
      openQuote(link);
    } else if (link.matches("a.open")) {
      event.preventDefault();
      openDrawer(href + "&part=true", link);
    } else if (transcript && link.matches("a.home, a.conversation")) {
      if (busy) return; // the browser follows the link, and the answer is found in its conversation
      event.preventDefault();
      goTo(new URL(href, document.baseURI).searchParams.get("c") || "");
    }
  }, true);

  // ------------------------------------------------------------------ keys

  function singleKeys() { return localStorage.getItem("single-keys") !== "off"; }

  function showKeys() {
    var dialog = document.querySelector("dialog.shortcuts");
    dialog.querySelector(".single-keys").checked = singleKeys();
    dialog.showModal();
  }

  document.addEventListener("change", function (event) {
    if (event.target.matches(".single-keys")) localStorage.setItem("single-keys", event.target.checked ? "on" : "off");
  });

  document.addEventListener("keydown", function (event) {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape") return escape();
    var open = drawer() && !drawer().hidden;
    if (!singleKeys() || event.target.closest("input, textarea, select, dialog")) return;
    var does = { "/": focusQuestion, "?": showKeys };
    if (open) { does.n = step.bind(null, 1); does.p = step.bind(null, -1); does.c = copyQuote; }
    if (!does[event.key]) return;
    event.preventDefault();
    does[event.key]();
  });

  function escape() {
    var menu = document.querySelector("details.earlier[open], details.drop[open]");
    if (!menu) return closeDrawer();
    menu.open = false;
    menu.querySelector("summary").focus();
  }

  function focusQuestion() {
    var box = document.querySelector("#composer textarea, #q");
    if (box) box.focus();
  }

  // ------------------------------------------------------------------ the Sources page

  // Shows how far the work on the sources is; when it is done, the list as it is then.
  function follow() {
    var line = document.querySelector(".syncing[data-busy]");
    if (!line) return;
    fetch("sources/state").then(function (reply) { return reply.json(); }).then(function (state) {
      line.textContent = state.message;
      line.setAttribute("aria-live", "off"); // the end is said, not every file
      if (state.busy) return setTimeout(follow, 1000);
      line.removeAttribute("aria-live");
      line.removeAttribute("data-busy");
      renew(line);
    }).catch(function () { setTimeout(follow, 5000); });
  }

  // Loads the list anew, but not under the hands of somebody who is filling in a form.
  function renew(line) {
    var typing = document.activeElement && document.activeElement.closest("main form, .drawer:not([hidden])");
    if (!typing) return location.reload();
    var link = document.createElement("a");
    link.href = location.href;
    link.textContent = say("Show the list as it is now");
    line.append(" ", link);
  }

  // Sends files and shows how much of them is sent.
  function upload(form) {
    var sending = new XMLHttpRequest(), bar = form.querySelector("progress"), button = form.querySelector("button");
    function failed() {
      bar.hidden = true;
      button.disabled = false;
      document.querySelector(".syncing").textContent = say("The files could not be uploaded.");
    }
    bar.hidden = false;
    button.disabled = true;
    sending.upload.onprogress = function (event) { if (event.lengthComputable) bar.value = event.loaded / event.total; };
    sending.onload = function () { if (sending.status < 400) location.href = "sources"; else failed(); };
    sending.onerror = failed;
    sending.open("POST", form.action);
    sending.send(new FormData(form));
  }

  document.addEventListener("submit", function (event) {
    if (!event.target.querySelector("input[type=file]")) return;
    event.preventDefault();
    upload(event.target);
  });

  if (location.hash === "#add" && document.querySelector("#add")) document.querySelector("#add").open = true;
  follow();

  // ------------------------------------------------------------------ buttons

  function press(button) {
    if (button.matches(".keys")) showKeys();
    else if (button.matches(".speak")) {
      document.cookie = "language=" + button.dataset.language + "; max-age=31536000; samesite=lax; path=/";
      location.reload();
    }
    else if (button.matches("#stop")) stopped();
    else if (button.matches(".copy-quote")) copyQuote();
    else if (button.matches(".copy")) copyAnswer(button);
    else if (button.matches(".edit")) {
      var box = document.querySelector("#composer textarea");
      box.value = button.dataset.question;
      box.dispatchEvent(new Event("input", { bubbles: true }));
      box.focus();
    }
    else if (button.matches(".up")) judge(button.closest(".judge"), { verdict: "up" });
    else if (button.matches(".down")) {
      var form = button.closest(".judge").querySelector("form");
      form.hidden = !form.hidden;
      if (!form.hidden) form.querySelector("input:not([type=hidden])").focus();
    }
  }

  function copyQuote() {
    var button = document.querySelector(".drawer .copy-quote, .copy-quote");
    if (button) copy(button.dataset.text).then(function () { confirm(button); });
  }

  function copyAnswer(button) {
    var tools = button.closest(".tools"), menu = button.closest("details");
    var asked = new URLSearchParams({ c: tools.dataset.c, turn: tools.dataset.turn, form: button.dataset.form });
    fetch("export?" + asked).then(function (reply) {
      if (!reply.ok) throw new Error("status " + reply.status);
      return reply.text();
    }).then(function (text) { return copy(text, button.dataset.form === "html"); }).then(function () {
      menu.open = false;
      menu.querySelector("summary").focus();
      confirm(menu.querySelector("summary"));
    }).catch(function () { announce(say("Footnote does not answer; is it still running?")); });
  }

  // Text to the clipboard; as formatted text too where it is HTML. Pages without TLS have no clipboard of their own.
  function copy(text, html) {
    if (navigator.clipboard && html && window.ClipboardItem) {
      return navigator.clipboard.write([new ClipboardItem({
        "text/html": new Blob([text], { type: "text/html" }), "text/plain": new Blob([text], { type: "text/plain" })
      })]);
    }
    if (navigator.clipboard) return navigator.clipboard.writeText(text);
    var box = document.createElement("textarea"), back = document.activeElement;
    box.value = text;
    document.body.append(box);
    box.select();
    document.execCommand("copy");
    box.remove();
    if (back) back.focus();
    return Promise.resolve();
  }

  function confirm(element) {
    var before = element.textContent;
    if (before === say("Copied")) return;
    element.textContent = say("Copied");
    announce(say("Copied"));
    setTimeout(function () { element.textContent = before; }, 1500);
  }

  function post(url, body) {
    return fetch(url, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) })
      .then(function (reply) { if (!reply.ok) throw new Error("status " + reply.status); });
  }

  // Keeps what a reader thinks of an answer or a citation.
  function judge(element, verdict) {
    var body = Object.assign(
      { c: element.dataset.c, turn: Number(element.dataset.turn), number: Number(element.dataset.number) }, verdict);
    post("feedback", body)
      .then(function () {
        element.querySelector(".up").setAttribute("aria-pressed", verdict.verdict === "up");
        element.querySelector(".down").setAttribute("aria-pressed", verdict.verdict === "down");
        element.querySelector("form").hidden = true;
        announce(say("Thank you; noted."));
      }).catch(function () { announce(say("The feedback could not be kept.")); });
  }

  document.addEventListener("submit", function (event) {
    var element = event.target.closest(".judge");
    if (!element) return;
    event.preventDefault();
    var given = new FormData(event.target);
    var reason = element.querySelector("input[type=radio]:checked, input[type=hidden]").value;
    judge(element, { verdict: "down", reason: reason, gold: given.get("gold") || "" });
    element.querySelector(".down").focus();
  });

  // ------------------------------------------------------------------ the conversation

  var conversation = new URLSearchParams(location.search).get("c") || "";
  var transcript = null; // the live turn: its element and its properties
  var busy = false;
  var asks = 0; // how many questions were asked since the page was loaded
  var chosen = null; // an example question that was clicked, or one to be asked again
  var dropped = ""; // the filters to be left out of it
  var ticket = ""; // of the question being answered, to stop it by
  var before = ""; // the conversation that the page showed when it was asked
  var looking = 0; // the timer that looks for the answers of questions asked before the page was loaded
  var held = null; // what is shown of an answer that was stopped

  function part(name) { return document.querySelector(name); }
  function announce(text) { if (part(".status")) part(".status").textContent = text; }
  function question() { return part("#composer textarea"); }

  function chat(element, props, watch) {
    transcript = { element: element, props: props };
    watch("value", changed);
    document.addEventListener("click", function (event) {
      var example = event.target instanceof Element && event.target.closest("button.example, button.unfilter, button.again");
      if (!example || busy) return;
      chosen = example.dataset.question || example.textContent;
      dropped = example.dataset.names || "";
      part("#ask").click();
    });
    window.addEventListener("popstate", function () {
      if (busy) return location.reload(); // the answer is found in its conversation
      turnTo(new URLSearchParams(location.search).get("c") || "");
    });
    open(true).then(function () {
      var link = linkTo(location.hash), url = quoteUrl(location.hash, link);
      if (url) openDrawer(url, link);
    });
  }

  function goTo(id) {
    history.pushState(null, "", id ? "?c=" + encodeURIComponent(id) : location.pathname);
    turnTo(id).then(function () { question().focus(); });
  }

  // The page shows nothing of the conversation before while it waits for the next.
  function turnTo(id) {
    conversation = id;
    var opened = open(true);
    show("", []);
    return opened;
  }

  function show(welcome, turns) {
    transcript.props.value = null;
    part(".opening").innerHTML = welcome;
    part(".past").innerHTML = turns.join("");
  }

  // Waits for the parts of the page that Gradio makes, each when its script has come.
  function made() {
    return new Promise(function look(done) {
      if (["#composer textarea", "#ask", "#stop", ".drawer"].every(part)) return done();
      setTimeout(look, 30, done);
    });
  }

  // Asks the server what this conversation shows; `turns` false only renews the list of earlier ones.
  function open(turns) {
    if (turns) closeDrawer();
    var count = asks, wanted = conversation;
    return fetch("opening?c=" + encodeURIComponent(conversation)).then(function (reply) {
      return reply.json();
    }).then(function (opening) {
      return made().then(function () { return opening; });
    }).then(function (opening) {
      if (turns) speak(opening);
      if (conversation !== wanted) return; // another one is opened since
      var earlier = part("details.earlier");
      earlier.hidden = !opening.earlier;
      earlier.querySelector(".menu").innerHTML = opening.earlier;
      if (!turns || asks !== count) return;
      earlier.open = false;
      if (opening.found === false) conversation = "";
      show(opening.welcome, opening.turns.concat(opening.waiting));
      var last = part(".past .turn:last-child");
      if (last && opening.turns.length > 1) last.scrollIntoView({ block: "start" });
      document.body.classList.add("ready");
    }).catch(function () {
      var told = say("Footnote does not answer; is it still running?");
      announce(told);
      return made().then(function () {
        if (!turns || asks !== count || conversation !== wanted) return;
        part("details.earlier").open = false;
        show('<p class="notice">' + told + "</p>", []);
      });
    }).then(look);
  }

  // Looks every second whether what was asked before the page was loaded is answered by now.
  function look() {
    clearTimeout(looking);
    if (part(".past .waiting")) looking = setTimeout(function () {
      if (busy) return look();
      fetch("opening?c=" + encodeURIComponent(conversation)).then(function (reply) {
        return reply.json();
      }).then(function (opening) {
        if (busy || opening.waiting.length === part(".past").querySelectorAll(".waiting").length) look();
        else open(true);
      }).catch(look);
    }, 1000);
  }

  // Names the conversation in the address, so that a reload comes back to it.
  function keep(id) {
    if (id === conversation) return;
    conversation = id;
    history.replaceState(history.state, "", id ? "?c=" + encodeURIComponent(id) : location.pathname);
  }

  // Puts what the page was made with in English into the reader's language.
  function speak(opening) {
    if (!opening.language || opening.language === document.documentElement.lang) return;
    words = opening.words;
    document.documentElement.lang = opening.language;
    part(".shell").innerHTML = opening.masthead;
    part("details.earlier").hidden = !opening.earlier;
    part("details.earlier .menu").innerHTML = opening.earlier;
    part(".help").innerHTML = opening.keys;
    part(".drawer").outerHTML = opening.drawer;
    translate();
  }

  // Runs in the browser before a question is sent: the turn before moves up, the new one appears at once.
  function asked(text) {
    var without = dropped;
    if (chosen !== null) { text = chosen; chosen = null; dropped = ""; }
    if (busy || !text || !text.trim()) { question().focus(); return [busy ? "" : text, conversation, "", ""]; }
    busy = true;
    held = null;
    before = conversation;
    asks += 1;
    document.body.classList.add("busy");
    var escaped = document.createElement("div");
    escaped.textContent = text.trim();
    part(".past").insertAdjacentHTML("beforeend", transcript.element.innerHTML);
    part(".opening").innerHTML = "";
    transcript.props.value = {
      state: "searching", conversation: conversation, parts: [
        '<article class="turn">', '<h2 class="question" dir="auto">' + escaped.innerHTML + "</h2>",
        '<p class="searching">' + say("Searching the articles …") + "</p>", "</article>"
      ]
    };
    announce(say("Searching"));
    wait(asks, 0);
    requestAnimationFrame(function () {
      transcript.element.scrollIntoView({ block: "start" });
    });
    ticket = Math.random().toString(36).slice(2) + asks;
    return [text, conversation, without, ticket];
  }

  function changed() {
    var value = transcript.props.value;
    if (held && value && ["searching", "answering"].indexOf(value.state) >= 0) { // it came too late
      transcript.props.value = held;
      return;
    }
    if (!value || value.state === "stopped") return;
    keep(value.conversation);
    if (["searching", "answering"].indexOf(value.state) >= 0) return;
    rest();
    announce(say({ answered: "Answered", no_answer: "No answer" }[value.state] || "The question could not be answered"));
    open(false);
  }

  // Looks every few seconds whether the server is still there to answer.
  function wait(ask, seconds) {
    setTimeout(function () {
      if (!busy || asks !== ask) return;
      fetch("healthz").then(function (reply) {
        if (!reply.ok || seconds > 120) throw new Error("no answer");
        wait(ask, seconds + 5);
      }).catch(failed);
    }, 5000);
  }

  function rest() {
    busy = false;
    document.body.classList.remove("busy");
  }

  // Ends the answer where it is: what is shown of it stays.
  function ended(state, html) {
    rest();
    keep(before);
    var shown = transcript.props.value.parts.slice(0, -1).filter(function (part) {
      return part.indexOf('<p class="searching">') !== 0;
    });
    transcript.props.value = {
      state: state, conversation: conversation, parts: shown.concat(html, "</article>")
    };
  }

  // The server could not be reached, or it had too many questions waiting.
  function failed() {
    if (!busy) return;
    ended("error", '<div class="error"><p>' +
      say("Footnote did not answer; it may be busy or stopped. Please ask again.") + "</p></div>");
    announce(say("The question could not be answered"));
  }

  function stopped() {
    if (!busy) return;
    post("stop", { ticket: ticket }).catch(function () { return null; }); // a server that is gone answers nothing
    ended("stopped", '<p class="searching">' + say("Stopped") + "</p>");
    held = transcript.props.value;
    announce(say("Stopped"));
    question().focus();
  }

  return { chat: chat, asked: asked, failed: failed };
})());
