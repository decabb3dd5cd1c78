import { expect, test } from 'vitest';
import { ToUtf8 } from '../../src/ingest/decode.ts';
import { sniffEncoding } from '../../src/ingest/encoding.ts';
import { Sha256 } from '../../src/ingest/sha256.ts';
import { isUtf8 } from '../../src/ingest/utf8.ts';
import { openFile, peek } from '../../src/ingest/open.ts';
import { encode } from './encode.ts';
import { onBothEngines } from './engines.ts';

const TEXTS: Record<string, string[]> = {
  'windows-1252': ['Müller', 'Zoë', 'Crème brûlée', '12 €', 'naïve – “quoted”', 'São Paulo', 'Größe', 'Ångström'],
  gb18030: ['张伟', '北京市朝阳区', '蓝牙耳机', '女装/连衣裙', '订单已完成', '上海', '收货地址不详', '退款'],
  big5: ['臺北市', '藍牙耳機', '訂單已完成', '會員編號', '高雄市前鎮區', '運動鞋', '商品名稱', '退款申請'],
  shift_jis: ['東京都港区', 'ワイヤレスイヤホン', '注文完了', 'お客様番号', '大阪府大阪市', 'キャンセル', '商品名', 'ありがとうございます'],
  'euc-kr': ['서울특별시', '무선 이어폰', '주문 완료', '고객 번호', '부산광역시', '취소 요청', '상품 이름', '감사합니다'],
  'windows-1251': ['Москва', 'Беспроводные наушники', 'Заказ выполнен', 'Номер клиента', 'Санкт-Петербург', 'Отмена', 'Товар', 'Спасибо за покупку'],
  'utf-16le': ['張', 'Müller', '€'],
  'utf-16be': ['張', 'Müller', '€'],
  'utf-8': ['張', 'Müller', '€', '😀'],
};

onBothEngines('encodings', (engine) => {
  test.each(Object.keys(TEXTS))('%s, found late in a file that is mostly ASCII', async (encoding) => {
    const words = TEXTS[encoding]!;
    const ascii = encoding.startsWith('utf-16') ? 10 : 3000;
    const rows = [...Array.from({ length: ascii }, (_, i) => [`00${i}`, 'plain text']), ...words.map((w, i) => [`9${i}`, w])];
    const text = ['id,name', ...rows.map((r) => r.join(','))].join('\n');
    const facts = await openFile(engine(), { name: 'x.csv', source: encode(text, encoding) });
    expect(facts.dialect!.encoding).toBe(encoding);
    expect([facts.rows, facts.rejected]).toEqual([rows.length, 0]);
    const { rows: last } = await peek(engine(), facts, ascii, 20);
    expect(last.map((r) => r.cells[1])).toEqual(words);
    expect(last[0]!.line).toBe(ascii + 2);
  });
});

test('a mark decides, and does not become part of the first name', () => {
  const marked = new Uint8Array([0xef, 0xbb, 0xbf, ...new TextEncoder().encode('id,x\n1,2\n')]);
  expect(sniffEncoding(marked)).toEqual({ encoding: 'utf-8', bom: 3 });
  expect(sniffEncoding(new TextEncoder().encode('id,x\n'))).toEqual({ encoding: null, bom: 0 });
});

test('the encoding stays open until the first foreign byte', () => {
  const stream = new ToUtf8(null);
  const ascii = new TextEncoder().encode('only ascii\n'.repeat(1000));
  expect(stream.push(ascii)).toBe(ascii);
  expect(stream.encoding).toBeNull();
  const greek = encode(['Αθήνα', 'Θεσσαλονίκη', 'παραγγελία', 'Μαρία Παπαδοπούλου', 'ακύρωση'].join('\n'), 'iso-8859-7');
  expect(new TextDecoder().decode(stream.push(greek))).toContain('παραγγελία');
});

test('well-formed UTF-8 is told from the rest as the platform tells it', () => {
  const fatal = new TextDecoder('utf-8', { fatal: true });
  const platform = (b: Uint8Array): boolean => {
    try {
      fatal.decode(b);
      return true;
    } catch {
      return false;
    }
  };
  let state = 1;
  const random = (n: number): number => (state = (state * 48_271) % 2_147_483_647) % n;
  const interesting = [0x41, 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc1, 0xc2, 0xdf, 0xe0, 0xe1, 0xed, 0xef, 0xf0, 0xf1, 0xf4, 0xf5, 0xff];
  for (let k = 0; k < 20_000; k++) {
    const bytes = Uint8Array.from({ length: random(9) + 1 }, () => interesting[random(interesting.length)]!);
    const shifted = new Uint8Array(bytes.length + 3).subarray(k % 4, (k % 4) + bytes.length);
    shifted.set(bytes);
    expect(isUtf8(shifted), bytes.join(' ')).toBe(platform(bytes.subarray(0, shifted.length)));
  }
});

test('SHA-256 in pieces equals the published values', () => {
  const hex = (parts: string[]): string => {
    const hash = new Sha256();
    for (const part of parts) hash.update(new TextEncoder().encode(part));
    return hash.hex();
  };
  expect(hex([])).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
  expect(hex(['a', 'bc'])).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
  expect(hex(['abcdbcdecdefdefgefghfghighijhijkijkljklmklmn', 'lmnomnopnopq'])).toBe(
    '248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1',
  );
  expect(hex(Array.from({ length: 1000 }, () => 'a'.repeat(1000)))).toBe('cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0');
});
