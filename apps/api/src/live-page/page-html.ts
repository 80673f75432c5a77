/** `/docs/live`. Addresses are relative, so that they hold below any root path. */
export const PAGE_HTML = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Live – Autosubmit API</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="live/page.css">
<script type="module" src="live/page.js"></script>
</head>
<body>
<main>
<h1>An experiment, live</h1>
<form id="choice">
<label>Experiment <input id="expid" name="expid" list="experiments" required pattern="[a-z0-9]{4,}" autocomplete="off" spellcheck="false"></label>
<datalist id="experiments"></datalist>
<label id="login" hidden>Token <input id="token" name="token" type="password" autocomplete="off"></label>
<button>Follow</button>
</form>
<p id="state" role="status">Choose an experiment.</p>
<section aria-labelledby="counts-title">
<h2 id="counts-title">Jobs</h2>
<table><thead><tr><th scope="col">Status</th><th scope="col">Jobs</th></tr></thead><tbody id="counts"></tbody></table>
</section>
<section aria-labelledby="changes-title">
<h2 id="changes-title">Latest changes</h2>
<ol id="changes" reversed></ol>
</section>
</main>
</body>
</html>
`;
