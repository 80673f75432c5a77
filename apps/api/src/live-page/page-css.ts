/** `/docs/live/page.css`. */
export const PAGE_CSS = `:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
body { margin: 0 auto; max-width: 60rem; padding: 1rem; }
form { display: flex; flex-wrap: wrap; gap: 1rem; align-items: end; }
input, button { font: inherit; padding: .25rem .5rem; }
#state { border-left: .3rem solid gray; padding-left: .7rem; }
#state[data-kind="open"] { border-color: seagreen; }
#state[data-kind="waiting"], #state[data-kind="connecting"] { border-color: darkorange; }
#state[data-kind="refused"] { border-color: firebrick; }
table { border-collapse: collapse; }
th, td { padding: .15rem 1.5rem .15rem 0; text-align: left; }
td { font-variant-numeric: tabular-nums; }
#changes { padding-left: 0; list-style: none; }
#changes time { color: GrayText; margin-right: 1rem; font-variant-numeric: tabular-nums; }
`;
