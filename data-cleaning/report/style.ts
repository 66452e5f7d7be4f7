/** Of the page alone; colours keep a contrast of 4.5 for text in both schemes. */
export const STYLE = `
:root{color-scheme:light dark;--page:#fbfaf8;--card:#fff;--ink:#1d2129;--soft:#5b6270;--line:#e4e2dd;--track:#efede8;
--clean:#1f7a5c;--loose:#d19a24;--prose:#5b7fb8;--rejected:#c9c5bd;--document:#b4483f;--summary:#5b7fb8;--style:#d7ab3c;--placing:#8a68b0;--reading:#7d8590;--left:#b9d8cc;--before:#d5d2ca;--wash:#1f7a5c2e}
@media (prefers-color-scheme:dark){:root{--page:#14161a;--card:#1c1f25;--ink:#e8e8e6;--soft:#a0a7b4;--line:#30343d;--track:#2a2e36;
--clean:#4cc095;--loose:#e2ab4a;--prose:#7fa3da;--rejected:#4a4f5a;--document:#e0776d;--summary:#7fa3da;--style:#dcbb62;--placing:#b294d6;--reading:#8e96a3;--left:#2f5748;--before:#454a54;--wash:#4cc09533}}
*{box-sizing:border-box}
body{margin:0;background:var(--page);color:var(--ink);font:15px/1.55 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans","DejaVu Sans",sans-serif}
main{max-width:1080px;margin:0 auto;padding:40px 24px 80px}
h1{font-size:30px;line-height:1.2;margin:0 0 6px;letter-spacing:-.01em}
h2{font-size:20px;margin:52px 0 4px}
h3{font-size:15px;margin:0}
p{margin:0 0 14px;max-width:74ch}
.soft,.note{color:var(--soft)}
.note{font-size:14px}
a{color:inherit}
code{font:13px/1.4 ui-monospace,"SF Mono",Menlo,"DejaVu Sans Mono",monospace}
nav{display:flex;flex-wrap:wrap;gap:4px 18px;margin:18px 0 0;font-size:14px}
nav a{color:var(--soft);text-underline-offset:3px}
.tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(150px,1fr));gap:12px;margin:26px 0 0}
.tile,.card{background:var(--card);border:1px solid var(--line);border-radius:10px;padding:14px 16px}
.tile b{display:block;font-size:25px;line-height:1.2;font-weight:650;font-variant-numeric:tabular-nums;letter-spacing:-.01em}
.tile span{color:var(--soft);font-size:13px}
.tile.clean b{color:var(--clean)}
.funnel{background:var(--card);border:1px solid var(--line);border-radius:10px;padding:12px 16px}
.stage{display:grid;grid-template-columns:minmax(120px,180px) 1fr 80px 96px;gap:12px;align-items:center;padding:3px 0;text-decoration:none;font-size:14px}
.stage:hover .name{text-decoration:underline}
.name{overflow:hidden;text-overflow:ellipsis;white-space:nowrap}
.track,.stack{display:flex;height:14px;background:var(--track);border-radius:3px;overflow:hidden}
.stage.none .name,.stage.none .n{color:var(--soft)}
.stage.head{color:var(--soft);font-size:12.5px;padding-bottom:6px}
.stage.kept{border-top:1px solid var(--line);margin-top:8px;padding-top:10px;font-weight:650}
.left{background:var(--left)}.track .kept{background:var(--clean)}.gone.loose{background:var(--loose)}
.gone.document{background:var(--document)}.gone.summary{background:var(--summary)}.gone.placing{background:var(--placing)}.gone.reading{background:var(--reading)}
.stack{min-width:140px;height:11px}
.stack .clean,.key .clean{background:var(--clean)}.stack .loose,.key .loose{background:var(--loose)}.stack .prose,.key .prose{background:var(--prose)}.stack .rejected,.key .rejected{background:var(--rejected)}
.key{display:flex;flex-wrap:wrap;gap:4px 18px;margin:8px 0 12px;font-size:13px;color:var(--soft)}
.key i{display:inline-block;width:11px;height:11px;border-radius:2px;margin-right:6px;vertical-align:-1px}
.key .document{background:var(--document)}.key .summary{background:var(--summary)}.key .placing{background:var(--placing)}.key .reading{background:var(--reading)}.key .stage.none .name,.stage.none .n{color:var(--soft)}
.stage.head{color:var(--soft);font-size:12.5px;padding-bottom:6px}
.stage.kept{border-top:1px solid var(--line);margin-top:8px;padding-top:10px;font-weight:650}
.left{background:var(--left)}.track .kept{background:var(--clean)}.gone.loose{background:var(--loose)}.key .before{background:var(--before)}.key .after{background:var(--clean)}
.n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
.share{color:var(--soft)}
.charts{display:grid;grid-template-columns:repeat(auto-fit,minmax(340px,1fr));gap:14px}
.charts .card{display:flex;flex-direction:column}
.charts .card svg{margin-top:auto}
.charts .note{margin:0 0 8px;font-size:13px}
svg{display:block;width:100%;height:auto}
svg text{font:11px system-ui,sans-serif;fill:var(--soft)}
svg .axis{stroke:var(--soft)}svg .grid{stroke:var(--line)}
path.before{fill:var(--before)}path.after{fill:var(--wash)}path.edge{fill:none;stroke:var(--clean);stroke-width:1.8;stroke-linejoin:round}
line.median{stroke-width:1.4;stroke-dasharray:3 3}line.median.before{stroke:var(--soft)}line.median.after{stroke:var(--clean)}
.scroll{overflow-x:auto;background:var(--card);border:1px solid var(--line);border-radius:10px}
table{border-collapse:collapse;width:100%;font-size:14px}
th,td{text-align:left;padding:6px 12px;border-bottom:1px solid var(--line);vertical-align:top}
tbody tr:last-child td{border-bottom:0}
th{font-weight:600;color:var(--soft);font-size:13px;white-space:nowrap}
th.n{text-align:right}
td .stack{margin-top:5px}
details{margin:10px 0}
summary{cursor:pointer;color:var(--soft);font-size:14px}
.filter{padding:12px 16px;margin:10px 0;background:var(--card);border:1px solid var(--line);border-radius:10px;scroll-margin-top:12px}
.filter header{display:flex;gap:10px;align-items:baseline;flex-wrap:wrap}
.filter header .n{margin-left:auto;color:var(--soft);font-size:14px}
.filter p{margin:3px 0 0;font-size:14px}
.tag{font-size:12px;padding:0 7px;border-radius:9px;border:1px solid currentColor;color:var(--soft)}
.tag.document{color:var(--document)}.tag.placing{color:var(--placing)}
.columns{display:grid;grid-template-columns:repeat(auto-fit,minmax(320px,1fr));gap:6px 24px;margin-top:8px}
.columns h4{margin:6px 0 2px;font-size:13px;color:var(--soft);font-weight:600}
.example{border-left:3px solid var(--line);padding:2px 0 2px 12px;margin:8px 0;font-size:14px;overflow-wrap:anywhere}
.example.dropped{border-color:var(--document)}.example.passed{border-color:var(--left)}
.example .where{color:var(--soft);font-size:12.5px}
.example q{quotes:none}
footer{margin-top:56px;color:var(--soft);font-size:13px}
@media (max-width:560px){.stage{grid-template-columns:112px 1fr 64px;gap:8px}.stage .share{display:none}main{padding:24px 14px 60px}}
@media print{.filter,.card,.tile{break-inside:avoid}}
`;
