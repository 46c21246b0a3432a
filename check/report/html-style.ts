/** Tokens as the dashboard's: reference grey, current accent; state has a colour, a shape and a word. */
export const PAGE_STYLE = `
:root{color-scheme:light dark;--ground:#fbfbfa;--panel:#fff;--line:#e3e3df;--ink:#1c1d1f;--dim:#5f6368;--accent:#0b63ce;--reference:#9aa0a6;--bad:#b3261e;--warn:#8a5a00;--good:#1a7f4b}
@media(prefers-color-scheme:dark){:root{--ground:#121314;--panel:#1a1b1d;--line:#2e3033;--ink:#e8e8e6;--dim:#a3a7ad;--accent:#6cacff;--reference:#7a7f86;--bad:#ff8a80;--warn:#f0b429;--good:#5fd39a}}
*{box-sizing:border-box}body{margin:0;background:var(--ground);color:var(--ink);font:13px/1.45 Inter,system-ui,sans-serif;font-variant-numeric:tabular-nums}
main{max-width:1180px;margin:0 auto;padding:24px 16px 64px}h1{font-size:20px;margin:0 0 4px;font-weight:600}h2{font-size:13px;margin:24px 0 8px;font-weight:600}
.dim{color:var(--dim)}.bad{color:var(--bad)}.warn{color:var(--warn)}.good{color:var(--good)}ul{margin:8px 0;padding-left:18px}
.tools{display:flex;gap:8px;flex-wrap:wrap;align-items:center;margin:16px 0 8px}input,select{font:inherit;color:inherit;background:var(--panel);border:1px solid var(--line);border-radius:4px;padding:4px 8px;height:28px}
input{min-width:220px}:focus-visible{outline:2px solid var(--accent);outline-offset:1px}
table{border-collapse:collapse;width:100%;background:var(--panel);border:1px solid var(--line);font-size:12px}th,td{padding:4px 8px;text-align:left;border-top:1px solid var(--line);vertical-align:middle}
th{font-weight:600;color:var(--dim);border-top:0;white-space:nowrap}th button{all:unset;cursor:pointer}th button:focus-visible{outline:2px solid var(--accent)}td.n,th.n{text-align:right}
tr.row{cursor:pointer}tr.row:hover td{background:color-mix(in srgb,var(--accent) 6%,transparent)}.name{font-weight:500;max-width:280px;overflow:hidden;text-overflow:ellipsis;white-space:nowrap}
.detail td{background:var(--ground);padding:12px 16px 16px}.chart{display:block;width:100%;max-width:760px;height:auto}.legend{display:flex;gap:16px;margin:4px 0 8px}.key{display:inline-block;width:10px;height:10px;margin-right:4px}
.facts{display:flex;gap:24px;flex-wrap:wrap;margin-top:8px}text{fill:var(--dim);font-size:10px}.more{margin:8px 0}
button.more{font:inherit;color:var(--accent);background:none;border:1px solid var(--line);border-radius:4px;padding:4px 12px;cursor:pointer}
`;
