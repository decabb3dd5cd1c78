import { EVENT_KINDS } from '../core/roles.ts';
import { tokens } from './name-score.ts';

/** Words of files for the kinds of event (definitions, section 1: events), in any case and with any separators. */
const WORDS: Partial<Record<(typeof EVENT_KINDS)[number], string>> = {
  view:
    'pv, view, views, viewed, page view, page viewed, product view, product viewed, view item, view product, item view, click, clicked, browse, ' +
    '浏览, 查看, 点击, ansicht, angesehen, aufruf, vista, ver, visto, vue, vu, consultation, visualização, visualizacion, visita',
  search: 'search, searched, query, site search, 搜索, suche, gesucht, búsqueda, buscar, recherche, rechercher, busca, pesquisa',
  cart:
    'cart, add to cart, added to cart, add cart, add to basket, added to basket, add to bag, basket, 加购, 加入购物车, 购物车, ' +
    'warenkorb, in den warenkorb, carrito, añadir al carrito, panier, ajout panier, ajout au panier, carrinho, adicionar ao carrinho',
  favourite:
    'fav, favourite, favorite, favourites, favorites, wishlist, wish list, add to wishlist, like, liked, 收藏, favorit, merkliste, favorito, favori, coup de coeur',
  share: 'share, shared, 分享, 转发, teilen, geteilt, compartir, partage, partager, compartilhar, compartilhamento',
  rate: 'rate, rated, rating, 评分, 评价, bewertung, valoración, puntuación, évaluation, note, avaliação',
  login: 'login, logged in, log in, sign in, signed in, signin, 登录, 登陆, anmeldung, iniciar sesión, inicio de sesión, connexion',
  purchase:
    'purchase, purchased, buy, bought, order, ordered, place order, order placed, order completed, transaction, payment, paid, pay, sale, checkout completed, ' +
    '购买, 下单, 支付, 成交, kauf, gekauft, bestellung, compra, comprar, pedido, achat, commande, acheté',
  refund:
    'refund, refunded, return, returned, cancel, cancelled, canceled, cancellation, chargeback, 退货, 退款, 取消, retoure, storno, storniert, erstattung, ' +
    'devolución, reembolso, remboursement, retour, annulation, devolução, cancelamento',
  free: 'free',
  adjustment: 'adjustment',
};

const joined = (text: string): string => tokens(text).join('');
const KIND = new Map(EVENT_KINDS.flatMap((kind) => (WORDS[kind] ?? kind).split(', ').map((word) => [joined(word), kind] as const)));

/** The kind that a file's word means, or null: the event then keeps its own name. */
export const eventKind = (word: string): (typeof EVENT_KINDS)[number] | null => KIND.get(joined(word)) ?? null;
