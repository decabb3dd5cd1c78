import { describe, expect, it } from 'vitest';
import { eventKind } from '../../src/ingest/event-words.ts';
import { nameScore, tokens } from '../../src/ingest/name-score.ts';
import { type LANGUAGES, ROLE_WORDS } from '../../src/ingest/role-words.ts';
import { genderOf, isYesNo } from '../../src/ingest/value-words.ts';
import { COUNTRY_CODES, isCountry } from '../../src/ingest/countries.ts';

const words = (role: string) => ROLE_WORDS.find((w) => w.role === role)!;
/** The role whose name fits best; ties go to the earlier one. */
const best = (header: string) => ROLE_WORDS.map((w) => ({ role: w.role, n: nameScore(header, w).n })).reduce((a, b) => (b.n > a.n ? b : a)).role;

describe('headers', () => {
  it('are cut into words', () => {
    expect(tokens('InvoiceNo')).toEqual(['invoice', 'no']);
    expect(tokens('customerID')).toEqual(['customer', 'id']);
    expect(tokens('IDNumber')).toEqual(['id', 'number']);
    expect(tokens('Straße_und-Größe 2')).toEqual(['strasse', 'und', 'grosse', '2']);
    expect(tokens('Ｕｓｅｒ　ＩＤ')).toEqual(['user', 'id']);
  });

  it('score 1 for the word, 0.6 + 0.3c for whole tokens, 0.4 + 0.3c inside', () => {
    expect(nameScore('Customer-ID', words('user_id'))).toEqual({ n: 1, word: 'customer id', how: 'equals' });
    expect(nameScore('shop customer id', words('user_id')).n).toBeCloseTo(0.6 + (0.3 * 10) / 14, 12);
    expect(nameScore('mycustomeridx', words('user_id'))).toMatchObject({ n: 0.4 + (0.3 * 10) / 13, how: 'contains' });
    expect(nameScore('customer_name', words('user_id')).n).toBe(0);
    expect(nameScore('freight_value', words('amount')).n).toBe(0);
    expect(nameScore('我的订单号码', words('order_id'))).toMatchObject({ how: 'contains', word: '订单号' });
  });

  it('are known in six languages', () => {
    const table: Record<(typeof LANGUAGES)[number], Record<string, string>> = {
      en: { 'Customer ID': 'user_id', order_date: 'at', 'Unit price': 'price', city: 'city' },
      zh: { 客户编号: 'user_id', 下单时间: 'at', 单价: 'price', 商品编号: 'product_id', 性别: 'gender', 金额: 'amount' },
      de: { Kundennummer: 'user_id', Bestelldatum: 'at', Stückpreis: 'price', Menge: 'quantity', Geschlecht: 'gender' },
      es: { 'Código cliente': 'user_id', 'fecha pedido': 'at', 'precio unitario': 'price', artículo: 'product_id', ciudad: 'city' },
      fr: { 'numéro client': 'user_id', 'Date commande': 'at', 'Prix unitaire': 'price', quantité: 'quantity', métier: 'occupation' },
      pt: { 'ID do cliente': 'user_id', 'Data do pedido': 'at', 'Preço unitário': 'price', município: 'city', idade: 'age' },
    };
    for (const headers of Object.values(table))
      for (const [header, role] of Object.entries(headers)) expect([header, best(header)]).toEqual([header, role]);
  });
});

describe('values', () => {
  it('words of six languages for events', () => {
    const seen = [
      '浏览',
      'Add to cart',
      'warenkorb',
      'Añadir al carrito',
      'Achat',
      'devolução',
      'Búsqueda',
      'page_view',
      'PV',
      'storno',
      '购买',
      'wishlist',
      'app_opened',
    ].map(eventKind);
    expect(seen).toEqual(['view', 'cart', 'cart', 'cart', 'purchase', 'refund', 'search', 'view', 'view', 'refund', 'purchase', 'favourite', null]);
  });

  it('words of gender, yes and no, countries', () => {
    expect(['F', 'w', '女', 'Mujer', 'homme', 'Masculin', 'männlich', 'diverse', 'nurse'].map(genderOf)).toEqual([
      'female',
      'female',
      'female',
      'female',
      'male',
      'male',
      'male',
      'other',
      'nurse',
    ]);
    expect(['Yes', 'No internet service', 'são', 'não', '是', 'm'].map(isYesNo)).toEqual([true, true, false, true, true, false]);
    expect(['EIRE', 'Deutschland', '中国', 'GBR', 'us', 'Brésil', 'Channel Islands', 'Unspecified'].map(isCountry)).toEqual([
      true,
      true,
      true,
      true,
      true,
      true,
      true,
      false,
    ]);
    expect(COUNTRY_CODES).toHaveLength(498);
  });
});
