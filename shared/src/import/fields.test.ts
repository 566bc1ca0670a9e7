import { splitFields } from './fields.ts';

describe('field lists as departments write them (Zhongwei art. 8: field names)', () => {
  it.each([
    {
      style: 'name with a note',
      text: 'year(年度)、breau(地區)',
      fields: [
        ['year', '年度'],
        ['breau', '地區'],
      ],
    },
    {
      style: 'a note that repeats the name',
      text: '年別(年別)、男性(男性)',
      fields: [
        ['年別', ''],
        ['男性', ''],
      ],
    },
    {
      style: 'separators inside a note',
      text: 'type(種類，A1代表死亡、A2代表受傷)、lat(緯度)',
      fields: [
        ['type', '種類，A1代表死亡、A2代表受傷'],
        ['lat', '緯度'],
      ],
    },
    {
      style: 'ASCII commas',
      text: '項次,中文區別,稅籍戶數(戶)',
      fields: [
        ['項次', ''],
        ['中文區別', ''],
        ['稅籍戶數', '戶'],
      ],
    },
    {
      style: 'full-width commas',
      text: '地點，地址，電話',
      fields: [
        ['地點', ''],
        ['地址', ''],
        ['電話', ''],
      ],
    },
    {
      style: 'tabs and a last line break',
      text: '年度\t案件數\t總圖幅數\n',
      fields: [
        ['年度', ''],
        ['案件數', ''],
        ['總圖幅數', ''],
      ],
    },
    {
      style: 'spaces only',
      text: '名稱 TWD97座標_E TWD97座標_N',
      fields: [
        ['名稱', ''],
        ['TWD97座標_E', ''],
        ['TWD97座標_N', ''],
      ],
    },
    {
      style: 'label and colon, one a line',
      text: '"lat":緯度\r\n"tel": 電話\r\n',
      fields: [
        ['lat', '緯度'],
        ['tel', '電話'],
      ],
    },
    {
      style: 'numbered lines with colons',
      text: '1、\t編號：檢體編號\n2、\tpH值合格：酸鹼值落於6.5至8.0之間',
      fields: [
        ['編號', '檢體編號'],
        ['pH值合格', '酸鹼值落於6.5至8.0之間'],
      ],
    },
    {
      style: 'numbered lines with notes',
      text: '1.時間(年月)\n2.普及率(用戶比率)',
      fields: [
        ['時間', '年月'],
        ['普及率', '用戶比率'],
      ],
    },
    {
      style: 'line breaks inside names',
      text: '\n項目、\n一年以上債務\n未償餘額、\n自償性債務',
      fields: [
        ['項目', ''],
        ['一年以上債務未償餘額', ''],
        ['自償性債務', ''],
      ],
    },
    {
      style: 'a bracket that never closes',
      text: 'a((甲)、b(乙)',
      fields: [
        ['a(', '甲'],
        ['b', '乙'],
      ],
    },
    {
      style: 'brackets in the name itself',
      text: '7日至30日(含)辦結(發文)、屬(性)別',
      fields: [
        ['7日至30日(含)辦結', '發文'],
        ['屬(性)別', ''],
      ],
    },
    { style: 'a lone file type', text: 'shp資料', fields: [['shp資料', '']] },
  ])('$style', ({ text, fields }) => {
    expect(splitFields(text)).toEqual(fields.map(([name, description]) => ({ name, description })));
  });

  it.each([
    ['nothing', ' \n '],
    ['a word for nothing', 'NULL'],
    ['prose', '心臟疾病所造成的死亡，許多是以突發性心跳停止的形式發生。文獻指出，越早電擊越好。'],
    [
      'rules in paragraphs',
      '本會之任務如下： \n（一） 提供政策建言平台，蒐集意見。 \n（二） 培力人才，增進參與能力。 \n',
    ],
  ])('%s is no list', (_, text) => expect(splitFields(text)).toBeUndefined());
});
