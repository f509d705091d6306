/* What the pages do in the browser: the conversation, and the drawer that shows a quote in its article. */
var footnote = window.footnote || (window.footnote = (function () {
  "use strict";

  // ------------------------------------------------------------------ the source drawer

  var opener = null; // the link that opened the drawer; it gets the focus back

  function drawer() { return document.querySelector(".drawer"); }

  // "#src=ARTICLE:START-END:NUMBER:VERSION" -> the address of what the drawer shows, or null
  function quoteUrl(hash) {
    var found = /^#src=([^:]+):(\d+)-(\d+):\d+:([^:]*)$/.exec(hash);
    if (!found) return null;
    var asked = new URLSearchParams({
      part: "true", id: decodeURIComponent(found[1]), start: found[2], end: found[3],
      version: decodeURIComponent(found[4]), c: conversation
    });
    return "article?" + asked;
  }

  function openDrawer(url, link) {
    return fetch(url).then(function (reply) {
      if (!reply.ok) throw new Error("status " + reply.status);
      return reply.text();
    }).catch(function () {
      return '<header class="head"><h2 class="title" tabindex="-1">Not available</h2></header>' +
        '<p class="notice">The article could not be loaded: is Footnote still running?</p>';
    }).then(function (html) {
      var panel = drawer(), page = panel.querySelector(".page");
      page.innerHTML = html;
      panel.hidden = false;
      document.body.classList.add("reading");
      setCurrent(link);
      page.querySelector("h1, h2").focus({ preventScroll: true });
      var mark = page.querySelector("mark");
      if (mark) mark.scrollIntoView({ block: "center" }); else page.scrollTop = 0;
    });
  }

  function closeDrawer() {
    var panel = drawer();
    if (!panel || panel.hidden) return;
    panel.hidden = true;
    panel.querySelector(".page").innerHTML = "";
    document.body.classList.remove("reading");
    var back = opener && (opener.isConnected ? opener : linkTo(opener.getAttribute("href")));
    setCurrent(null);
    if (location.hash.indexOf("#src=") === 0) history.replaceState(history.state, "", location.pathname + location.search);
    if (back) back.focus();
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
    var menu = document.querySelector("details.earlier[open]");
    if (menu && !menu.contains(event.target)) menu.open = false;
    var link = event.target.closest("a[href]");
    if (!link || !plainClick(event)) return;
    var href = link.getAttribute("href");
    if (href.indexOf("#src=") === 0) {
      event.preventDefault();
      event.stopPropagation();
      history.replaceState(history.state, "", location.pathname + location.search + href);
      openDrawer(quoteUrl(href), link);
    } else if (link.matches("a.open")) {
      event.preventDefault();
      openDrawer(href + "&part=true", link);
    } else if (transcript && link.matches("a.home, a.conversation")) {
      if (busy) return; // the browser follows the link, and the answer is found in its conversation
      event.preventDefault();
      goTo(new URL(href, document.baseURI).searchParams.get("c") || "");
    }
  }, true);

  document.addEventListener("keydown", function (event) {
    if (event.key !== "Escape" || event.defaultPrevented) return;
    var menu = document.querySelector("details.earlier[open]");
    if (menu) { menu.open = false; menu.querySelector("summary").focus(); return; }
    closeDrawer();
  });

  // ------------------------------------------------------------------ the conversation

  var conversation = new URLSearchParams(location.search).get("c") || "";
  var transcript = null; // the live turn: its element and its properties
  var busy = false;
  var asks = 0; // how many questions were asked since the page was loaded
  var chosen = null; // an example question that was clicked, or one to be asked again
  var dropped = ""; // the filters to be left out of it

  function part(name) { return document.querySelector(name); }
  function announce(text) { part(".status").textContent = text; }
  function question() { return part("#composer textarea"); }

  function chat(element, props, watch) {
    transcript = { element: element, props: props };
    watch("value", changed);
    document.addEventListener("click", function (event) {
      var example = event.target instanceof Element && event.target.closest("button.example, button.unfilter");
      if (!example || busy) return;
      chosen = example.dataset.question || example.textContent;
      dropped = example.dataset.names || "";
      part("#composer button").click();
    });
    window.addEventListener("popstate", function () {
      conversation = new URLSearchParams(location.search).get("c") || "";
      open(true);
    });
    open(true).then(function () {
      var url = quoteUrl(location.hash);
      if (url) openDrawer(url, linkTo(location.hash));
    });
  }

  function goTo(id) {
    conversation = id;
    history.pushState(null, "", id ? "?c=" + encodeURIComponent(id) : location.pathname);
    open(true).then(function () { question().focus(); });
  }

  // Asks the server what this conversation shows; `turns` false only renews the list of earlier ones.
  function open(turns) {
    if (turns) closeDrawer();
    var before = asks;
    return fetch("opening?c=" + encodeURIComponent(conversation)).then(function (reply) {
      return reply.json();
    }).then(function (opening) {
      var earlier = part("details.earlier");
      earlier.hidden = !opening.earlier;
      earlier.querySelector(".menu").innerHTML = opening.earlier;
      if (!turns || asks !== before) return;
      earlier.open = false;
      if (!opening.found) conversation = "";
      transcript.props.value = null;
      part(".opening").innerHTML = opening.welcome;
      part(".past").innerHTML = opening.turns.join("");
      var last = part(".past .turn:last-child");
      if (last && opening.turns.length > 1) last.scrollIntoView({ block: "start" });
      document.body.classList.add("ready");
    }).catch(function () { announce("Footnote does not answer; is it still running?"); });
  }

  // Runs in the browser before a question is sent: the turn before moves up, the new one appears at once.
  function asked(text) {
    var without = dropped;
    if (chosen !== null) { text = chosen; chosen = null; dropped = ""; }
    if (busy || !text || !text.trim()) { question().focus(); return [busy ? "" : text, conversation, ""]; }
    busy = true;
    asks += 1;
    var escaped = document.createElement("div");
    escaped.textContent = text.trim();
    part(".past").insertAdjacentHTML("beforeend", transcript.element.innerHTML);
    part(".opening").innerHTML = "";
    transcript.props.value = {
      state: "searching", conversation: conversation, parts: [
        '<article class="turn"><h2 class="question" dir="auto">', escaped.innerHTML, "</h2>",
        '<p class="searching">Searching the articles …</p></article>'
      ]
    };
    announce("Searching");
    wait(asks, 0);
    requestAnimationFrame(function () {
      transcript.element.scrollIntoView({ block: "start" });
    });
    return [text, conversation, without];
  }

  function changed() {
    var value = transcript.props.value;
    if (!value || value.state === "searching") return;
    busy = false;
    announce({ answered: "Answered", no_answer: "No answer" }[value.state] || "The question could not be answered");
    if (value.conversation && value.conversation !== conversation) {
      conversation = value.conversation;
      history.replaceState(history.state, "", "?c=" + encodeURIComponent(conversation));
    }
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

  // The server could not be reached, or it had too many questions waiting.
  function failed() {
    if (!busy) return;
    busy = false;
    var value = transcript.props.value;
    transcript.props.value = {
      state: "error", conversation: conversation, parts: value.parts.slice(0, -1).concat(
        '<div class="error"><p>Footnote did not answer; it may be busy or stopped. Please ask again.</p></div></article>')
    };
    announce("The question could not be answered");
  }

  return { chat: chat, asked: asked, failed: failed };
})());
