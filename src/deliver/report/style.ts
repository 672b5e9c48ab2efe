/** Colours and type of a report: those of the page, on paper always the light ones. */
const light = `
--bg:#fff;--surface:#fff;--sunken:#f6f4f0;--line:#e4e1da;--line-strong:#c9c5bc;--ink:#1c1b19;--ink-2:#4c4943;--ink-3:#6b675f;
--segment-0:#0072b2;--segment-1:#b86a00;--segment-2:#008a63;--segment-3:#b8447f;
--segment-4:#7a6500;--segment-5:#2e7fb8;--segment-6:#a8492a;--segment-7:#5d5a54;
--high:0 114 178;--low:196 106 20;color-scheme:light;`;

const dark = `
--bg:#141517;--surface:#1c1e21;--sunken:#1f2226;--line:#2d3035;--line-strong:#4a4e55;--ink:#ecebe8;--ink-2:#b9bbbf;--ink-3:#989ba2;
--segment-0:#56b4e9;--segment-1:#e9a52f;--segment-2:#35c496;--segment-3:#e58bb8;
--segment-4:#d9c84b;--segment-5:#8ab8ff;--segment-6:#f0936f;--segment-7:#b4b6ba;
--high:86 180 233;--low:233 150 70;color-scheme:dark;`;

export const reportStyle = `
:root{${light}}
@media screen and (prefers-color-scheme:dark){:root{${dark}}}
*{box-sizing:border-box}
html{background:var(--bg);color:var(--ink);font:15px/1.55 'Inter Variable',Inter,system-ui,-apple-system,'Segoe UI',sans-serif;
font-variant-numeric:tabular-nums;-webkit-text-size-adjust:100%}
body{max-width:1020px;margin:0 auto;padding:40px 24px 64px}
h1,h2,h3,h4,p,ul,ol,dl,dd,table,figure{margin:0;padding:0}
h1{font-size:32px;line-height:1.2;font-weight:650;letter-spacing:-.015em;overflow-wrap:anywhere}
h2{font-size:21px;line-height:1.3;font-weight:650;margin:48px 0 4px;padding-top:20px;border-top:1px solid var(--line)}
h3{font-size:16px;font-weight:600;overflow-wrap:anywhere}
h4{font-size:13px;font-weight:600;margin:14px 0 3px}
p,li,dd{overflow-wrap:anywhere}
td,th{overflow-wrap:break-word}th[scope=row]{max-width:280px}
.top{font-size:13px;color:var(--ink-3);margin-bottom:20px}
.lead{font-size:17px;line-height:1.6;max-width:76ch;margin-top:12px;color:var(--ink-2)}
.lead strong{color:var(--ink);font-weight:600}
.about{color:var(--ink-2);max-width:80ch;margin-bottom:14px}
.quiet,small{color:var(--ink-3);font-size:13px}
ul.said{list-style:none}ul.said li{padding:3px 0;max-width:84ch}
ol.steps{padding-left:2em}ol.steps li{padding:3px 0;max-width:88ch}
.mark{width:11px;height:11px;flex:none;vertical-align:-1px;margin-right:6px}
table{border-collapse:collapse;width:100%;font-size:13.5px}
th{font-weight:500;text-align:left;color:var(--ink-2)}
thead th{font-size:12.5px;color:var(--ink-3);font-weight:500;vertical-align:bottom}
td,th{padding:5px 8px 5px 0;border-bottom:1px solid var(--line);vertical-align:top}
td:last-child,th:last-child{padding-right:0}
.n{text-align:right;white-space:nowrap}
tr.chosen>*{font-weight:650;color:var(--ink)}
.wide{overflow-x:auto}
.cards{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(430px,100%),1fr));gap:16px;margin-top:16px}
.card{border:1px solid var(--line);border-radius:10px;background:var(--surface);padding:16px 18px;min-width:0}
.card>p{color:var(--ink-2);margin-top:4px}
.bars{display:grid;grid-template-columns:minmax(0,max-content) minmax(50px,1fr) max-content max-content;gap:3px 10px;align-items:center;
font-size:13px;margin:12px 0 2px}
.bar{height:7px;border-radius:4px;background:var(--line);overflow:hidden}
.bar i{display:block;height:100%;border-radius:4px}
.bars small{text-align:right}
.advice{list-style:none}.advice li{padding:4px 0;font-size:14px}
.advice small,.advice p{display:block}.own{white-space:pre-wrap}
figure svg{display:block;width:100%;height:auto}
figcaption{font-size:13px;color:var(--ink-3);margin-top:6px;max-width:84ch}
.pair{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(320px,100%),1fr));gap:20px;margin-top:16px}
svg text{font:11px 'Inter Variable',Inter,system-ui,sans-serif;fill:var(--ink-3)}
svg text.name{font-size:12px;font-weight:650;paint-order:stroke;stroke:var(--bg);stroke-width:3.5px;stroke-linejoin:round}
.heat td,.heat th{border:2px solid var(--bg);padding:3px 6px}
.heat td{text-align:center;border-radius:6px;font-size:12.5px;white-space:nowrap}
.legend{font-size:13px;color:var(--ink-2);margin-bottom:8px}.legend span{white-space:nowrap;margin-right:14px}.legend .mark{margin-left:3px}abbr{text-decoration:none}
.heat thead th{text-align:center;max-width:130px}
.heat th:first-child{padding-left:0;text-align:left}
details{margin-top:14px}summary{cursor:pointer}
pre{white-space:pre-wrap;overflow-wrap:anywhere;font-size:11.5px;line-height:1.4;background:var(--sunken);border-radius:8px;padding:12px}
.screen{display:block}.paper{display:none}
@page{size:A4;margin:15mm 14mm}
@media (max-width:620px){body{padding:24px 16px 48px}h1{font-size:26px}table{min-width:max-content}td:not(.n),th[scope=row]{min-width:120px}.card table{min-width:0}.card th[scope=row]{min-width:0}.heat td{min-width:0!important}td{max-width:300px}}
@media print{
html{font-size:10pt;background:#fff}
body{max-width:none;padding:0}
*{-webkit-print-color-adjust:exact;print-color-adjust:exact}
h1{font-size:22pt}h2{font-size:14pt;margin-top:20pt;padding-top:9pt}
h2,h3,h4,.about,thead{break-after:avoid}
.lead{font-size:11pt}
.card,tr,figure,li{break-inside:avoid}
.cards{grid-template-columns:1fr 1fr;gap:8pt;margin-top:6pt}.card{padding:8pt 9pt}
.card,.card>p,.advice li{font-size:8.5pt;line-height:1.4}.card h3{font-size:10.5pt}.card h4{font-size:8.5pt;margin-top:7pt}.bars{font-size:8pt}
.card small,.card .quiet{font-size:7.5pt}
table{font-size:8.5pt}thead th{font-size:8pt}td,th{padding-top:2.5pt;padding-bottom:2.5pt}.card table{font-size:8pt}
.quiet,small,figcaption{font-size:8.5pt}
.wide{overflow:visible}th[scope=row]{min-width:70pt}.legend{font-size:8.5pt}
.heat td,.heat th{padding:2px 3px}.heat td{font-size:7.5pt}
.screen{display:none}.paper{display:block}
p,li{orphans:3;widows:3}
}
`;
