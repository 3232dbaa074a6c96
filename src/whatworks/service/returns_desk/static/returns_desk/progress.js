// Keeps the page of a job up to date without loading it again, and tells screen readers only
// when the stage changes. Without scripts a <meta> in <noscript> renews the page instead.
(function () {
  "use strict";
  var said = document.getElementById("job-said");

  function stage() {
    var label = document.querySelector("#job label, #job h1");
    return label ? label.textContent.trim() : "";
  }

  function look() {
    var job = document.getElementById("job");
    if (!job || !job.dataset.watch) return;
    fetch(window.location.href, { credentials: "same-origin", cache: "no-store" })
      .then(function (answer) {
        if (!answer.ok || answer.redirected) throw new Error("not shown");
        return answer.text();
      })
      .then(function (text) {
        var page = new DOMParser().parseFromString(text, "text/html");
        var fresh = page.getElementById("job");
        var before = stage();
        var inside = job.contains(document.activeElement);
        if (!fresh) throw new Error("another page");
        job.replaceWith(fresh);
        document.title = page.title;
        if (inside) {
          var place = fresh.querySelector("a, h1");
          place.setAttribute("tabindex", place.tagName === "H1" ? "-1" : "0");
          place.focus();
        }
        if (stage() !== before && said) said.textContent = stage();
        wait();
      })
      .catch(wait);
  }

  function wait() {
    var job = document.getElementById("job");
    if (job && job.dataset.watch) window.setTimeout(look, Number(job.dataset.watch) * 1000);
  }

  wait();
})();
