/** Tokens as the dashboard's: reference grey, current accent; state has a colour, a shape and a word. */
export const PAGE_STYLE = `
:root{color-scheme:light dark;--ground:light-dark(#fbfbfa,#121314);--panel:light-dark(#fff,#1a1b1d);--line:light-dark(#e3e3df,#2e3033);--ink:light-dark(#1c1d1f,#e8e8e6);--dim:light-dark(#5f6368,#a3a7ad);--accent:light-dark(#0b63ce,#6cacff);--reference:light-dark(#b4b9be,#666b71);--bad:light-dark(#b3261e,#ff8a80);--warn:light-dark(#8a5a00,#f0b429);--good:light-dark(#1a7f4b,#5fd39a)}
:root[data-theme=light]{color-scheme:light}:root[data-theme=dark]{color-scheme:dark}
*{box-sizing:border-box}body{margin:0;background:var(--ground);color:var(--ink);font:13px/1.45 Inter,system-ui,sans-serif;font-variant-numeric:tabular-nums}
main{max-width:1240px;margin:0 auto;padding:24px 20px 80px}h1{font-size:20px;line-height:1.3;margin:0 0 8px;font-weight:600;overflow-wrap:anywhere}h2{font-size:13px;margin:28px 0 8px;font-weight:600}h3{font-size:12px;margin:16px 0 4px;font-weight:600;color:var(--dim)}
p{margin:4px 0;max-width:96ch;overflow-wrap:anywhere}ul{margin:8px 0;padding-left:18px;overflow-wrap:anywhere}header{position:relative;padding-right:96px}
.dim{color:var(--dim)}.bad{color:var(--bad)}.warn{color:var(--warn)}.good{color:var(--good)}.note{color:var(--accent)}.nowrap{white-space:nowrap}
button,input{font:inherit;color:inherit}:focus-visible{outline:2px solid var(--accent);outline-offset:1px}
#theme{position:absolute;top:0;right:0;background:none;border:1px solid var(--line);border-radius:4px;padding:3px 10px;color:var(--dim);cursor:pointer}
.tools{position:sticky;top:0;z-index:2;display:flex;gap:8px;flex-wrap:wrap;align-items:center;padding:8px 0;background:var(--ground)}
input[type=search]{width:240px;height:28px;background:var(--panel);border:1px solid var(--line);border-radius:4px;padding:0 8px}
.chip{height:28px;padding:0 10px;background:none;border:1px solid var(--line);border-radius:14px;cursor:pointer}.chip[aria-pressed=true]{border-color:var(--accent);background:color-mix(in srgb,var(--accent) 12%,transparent)}.chip:disabled{opacity:.45;cursor:default}
.scroll{overflow-x:auto;border:1px solid var(--line);background:var(--panel)}table{border-collapse:collapse;width:100%;font-size:12px}th,td{padding:5px 10px;text-align:left;border-top:1px solid var(--line);vertical-align:middle}
thead th{font-weight:600;color:var(--dim);border-top:0;white-space:nowrap}tbody th{font-weight:500}th button{all:unset;cursor:pointer}th button:hover{color:var(--ink)}th button:focus-visible,.name:focus-visible{outline:2px solid var(--accent);outline-offset:1px}
.n{text-align:right}td.n,.facts td{white-space:nowrap}.figures th,.figures td{text-align:right}.words td:last-child,.words thead th:last-child{text-align:left}.words td:last-child{color:var(--dim)}.fit{width:auto}.fit table{width:auto}.inline{display:inline-block;max-width:100%}
tr.row{cursor:pointer}tr.row:hover td{background:color-mix(in srgb,var(--accent) 5%,transparent)}tr.open td{background:color-mix(in srgb,var(--accent) 7%,transparent)}
.name{all:unset;cursor:pointer;font-weight:500;display:block;max-width:300px;overflow:hidden;text-overflow:ellipsis;white-space:nowrap}.name::before{content:'▸';display:inline-block;width:14px;color:var(--dim)}.name[aria-expanded=true]::before{content:'▾'}
.detail>td{background:var(--ground);padding:12px 20px 20px 34px}.why{font-size:14px;max-width:90ch;margin:2px 0;overflow-wrap:anywhere}.legend{display:flex;gap:20px;flex-wrap:wrap;margin:12px 0 4px}.key{display:inline-block;width:10px;height:10px;margin-right:6px}
.sides{display:flex;gap:36px;flex-wrap:wrap;align-items:flex-start}svg.chart{display:block;width:100%;max-width:860px;height:auto}svg text{fill:var(--dim);font-size:11px}svg .label{fill:var(--ink)}.more{margin:10px 0}
details{margin-top:14px}summary{cursor:pointer;color:var(--dim)}button.more{color:var(--accent);background:none;border:1px solid var(--line);border-radius:4px;padding:4px 12px;cursor:pointer}
@media(max-width:700px){main{padding:16px 10px 60px}.detail>td{padding:10px}.detail>td>*{max-width:calc(100vw - 42px)}input[type=search]{width:100%}}@media print{.tools,#theme{display:none}}
`;
