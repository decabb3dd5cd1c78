import { element, markup, page, type Channel } from './channel.ts';

/** SVG and XML, which have ways of their own to name a file. */
export const svgChannels: readonly Channel[] = [
  page('SVG image', markup('`<svg><image href="${U.h}/svgimg.png?${U.d}" width=9 height=9 /></svg>`')),
  page('SVG use', markup('`<svg><use href="${U.h}/svguse.svg?${U.d}#a"/></svg>`')),
  page(
    'SVG feImage',
    markup('`<svg width=9 height=9><filter id=f9><feImage href="${U.h}/fe.png?${U.d}"/></filter><rect filter="url(#f9)" width=9 height=9 /></svg>`'),
  ),
  page('SVG filter url()', markup('`<svg width=9 height=9><rect style="filter:url(${U.h}/filter.svg?${U.d}#f)" width=9 height=9 /></svg>`')),
  page('SVG foreignObject img', markup('`<svg><foreignObject width=9 height=9><img src="${U.h}/fo.png?${U.d}"></foreignObject></svg>`')),
  page(
    'SVG script',
    `const s=document.createElementNS('http://www.w3.org/2000/svg','script');s.setAttribute('href',U.h+'/svg-script.js?'+U.d);const v=document.createElementNS('http://www.w3.org/2000/svg','svg');v.append(s);document.body.append(v)`,
  ),
  page(
    'SVG blob as <img>',
    'const b=URL.createObjectURL(new Blob([`<svg xmlns="http://www.w3.org/2000/svg"><image href="${U.h}/svgblob.png?${U.d}"/></svg>`],{type:\'image/svg+xml\'}));new Image().src=b',
  ),
  page(
    'SVG blob in iframe',
    'const b=URL.createObjectURL(new Blob([`<svg xmlns="http://www.w3.org/2000/svg"><image href="${U.h}/svgframe.png?${U.d}"/></svg>`],{type:\'image/svg+xml\'}));' +
      element('iframe', 'src:b'),
  ),
  page(
    'XSLT document()',
    "const x=new DOMParser().parseFromString(`<xsl:stylesheet version='1.0' xmlns:xsl='http://www.w3.org/1999/XSL/Transform'><xsl:import href='${U.h}/x.xsl?${U.d}'/><xsl:template match='/'><a/></xsl:template></xsl:stylesheet>`,'text/xml');const p=new XSLTProcessor();p.importStylesheet(x);p.transformToDocument(x)",
  ),
];
