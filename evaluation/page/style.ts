/** Light and dark, from a phone's width to a desk's. */
export const style = `
:root{--paper:#fbfaf8;--card:#fff;--ink:#1d1f24;--soft:#666b75;--hair:#e4e2dd;--gate:#1f5fd0;--plain:#c9701a;--other:#7b8290;--good:#1b7f4b;--bad:#b3372f}
@media(prefers-color-scheme:dark){:root{--paper:#14161a;--card:#1c1f25;--ink:#e8e9ec;--soft:#a0a6b2;--hair:#31353d;--gate:#7fadff;--plain:#f0a257;--other:#8c94a3;--good:#5ecb91;--bad:#ff8d84}}
*{box-sizing:border-box}
body{margin:0 auto;max-width:66rem;padding:2rem 1.1rem 4rem;background:var(--paper);color:var(--ink);font:16px/1.55 system-ui,-apple-system,"Segoe UI",sans-serif}
h1{font-size:1.75rem;line-height:1.2;margin:0 0 .3rem;letter-spacing:-.01em}
h2{font-size:1.25rem;margin:2.8rem 0 .4rem}h3{font-size:1rem;margin:0 0 .3rem}
p{margin:.3rem 0 .8rem;max-width:44rem}.soft,small,figcaption{color:var(--soft)}
.cards{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,22rem),1fr));gap:1rem;margin:1rem 0}
.card,.tile{background:var(--card);border:1px solid var(--hair);border-radius:12px;padding:1rem 1.1rem}
figure{margin:0}figcaption{font-size:.86rem;line-height:1.45;margin-top:.5rem}
svg{display:block;width:100%;max-width:32rem;margin:0 auto;height:auto;overflow:visible}
svg text{font-size:12px;fill:var(--soft)}svg .name{font-size:12px;fill:var(--ink)}svg .note{font-size:10px}svg .tag{font-size:11px}
.grid{stroke:var(--hair)}.axis{stroke:var(--soft)}.level{stroke:var(--other);stroke-dasharray:4 4}.goal{stroke:var(--good);stroke-width:1.5;stroke-dasharray:2 3}
.line{fill:none;stroke-width:2.2;stroke-linejoin:round}.line.gate{stroke:var(--gate)}.line.plain{stroke:var(--plain)}
.band.gate{fill:var(--gate);opacity:.16}.band.plain{fill:var(--plain);opacity:.13}
.here{fill:var(--card);stroke:var(--gate);stroke-width:2.5}
.dot{fill:var(--other)}.dot.gate{fill:var(--gate)}.dot.plain{fill:var(--plain)}
.whisker{stroke:var(--gate);stroke-width:1.6;opacity:.55}.whisker.plain{stroke:var(--plain)}.whisker.other{stroke:var(--other)}
.gap{stroke:var(--bad);stroke-width:4;opacity:.35}.count{fill:var(--other);opacity:.28}
.key{font-size:.86rem;margin:0 0 .4rem;color:var(--soft)}.key i{display:inline-block;width:.75em;height:.75em;border-radius:50%;margin:0 .3em 0 .9em;vertical-align:-.03em}.key i:first-child{margin-left:0}
.key .gate{background:var(--gate)}.key .plain{background:var(--plain)}.key .other{background:var(--other)}
.tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,9.5rem),1fr));gap:.8rem;margin:1.2rem 0}
.tile b{display:block;font-size:1.7rem;line-height:1.15;font-variant-numeric:tabular-nums}.tile span{font-size:.86rem;line-height:1.35;display:block}
.tile em{font-style:normal;font-size:.8rem;display:block;margin-top:.3rem;color:var(--soft)}.tile em.met{color:var(--good)}.tile em.unmet{color:var(--bad)}
.wide{overflow-x:auto;background:var(--card);border:1px solid var(--hair);border-radius:12px;margin:.8rem 0}
table{border-collapse:collapse;width:100%;font-size:.88rem;font-variant-numeric:tabular-nums}
th,td{padding:.45rem .7rem;text-align:right;border-top:1px solid var(--hair);white-space:nowrap}
th{font-weight:600;color:var(--soft);border-top:0;vertical-align:bottom}th:first-child,td:first-child{text-align:left;position:sticky;left:0;background:var(--card)}
td small{display:block;font-size:.74rem;line-height:1.2}.none{color:var(--soft)}tr.ours td{font-weight:600}tr.ours td small{font-weight:400}
nav{display:flex;gap:.5rem;margin:1.3rem 0 0}nav label{padding:.35rem 1rem;border:1px solid var(--hair);border-radius:99px;cursor:pointer;background:var(--card)}
input[name=split]{position:absolute;opacity:0}
.missing{border-left:3px solid var(--plain);padding:.1rem 0 .1rem .9rem}
details{margin:.8rem 0}summary{cursor:pointer;color:var(--soft)}
`;
