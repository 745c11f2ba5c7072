/**
 * SHA-256 and bytes of the large dumps of the suite, so that nobody has to make a dump to know them:
 * `goheapsim feed make <id> -o - | sha256sum`. A test makes the smaller of them.
 */
export const digests: Readonly<
  Record<string, { readonly sha256: string; readonly bytes: number }>
> = {
  'length-otherRoot-description-4095': {
    sha256: 'd6ce9d25cd3d75b53172713c1ff8b0d9cdce1f28e1320b8c794c0c6868154c76',
    bytes: 4197,
  },
  'length-otherRoot-description-4096': {
    sha256: '543010ab6271a737fd3d1eac84d37bcf7d4ae8e0dea9b3fb3baf226ac867edd6',
    bytes: 4198,
  },
  'length-otherRoot-description-4097': {
    sha256: 'c77209bd5fa797fc5848adcf02978bd4610efba10e10f024183a1b9b7e8358e3',
    bytes: 4199,
  },
  'length-otherRoot-description-65535': {
    sha256: 'ecba3a3212b4c28a1b6b583d0f01886dd7c6b57636cb46c0ac0371db219a1371',
    bytes: 65638,
  },
  'length-otherRoot-description-65536': {
    sha256: 'bda4159d7618258373031cdd9d522760b958c3840576757f4033717abdf9fe73',
    bytes: 65639,
  },
  'length-otherRoot-description-65537': {
    sha256: '7a4ee244664726a56b21069ca27fed7ebb810f9d662074fcbe1123c6650b35eb',
    bytes: 65640,
  },
  'length-otherRoot-description-1048577': {
    sha256: '61d372a7403104ab2c387c301b1f3ab1f667db32df1a9c66d130c11ba8c3f8ea',
    bytes: 1048680,
  },
  'length-otherRoot-description-16777217': {
    sha256: '75ebf02481faf66bed5b084b6d2a6026adabe323bac19c0d3de2605c82248e42',
    bytes: 16777321,
  },
  'length-type-name-4095': {
    sha256: 'b0777ce07a97b4fffac1cb609d8e98361903bc39a9a0d5e12cfd3633afaa7b87',
    bytes: 4206,
  },
  'length-type-name-4096': {
    sha256: '07a6cf981d6bdccc91212a451e614a80ef1dfcfce07286ef61f270e0d966a040',
    bytes: 4207,
  },
  'length-type-name-4097': {
    sha256: 'a8b92271f1a47d81ee9a1cba63d8af2c0e000758702215954efa4ecf2895c908',
    bytes: 4208,
  },
  'length-type-name-65535': {
    sha256: 'cd581a32086f8cc6e24e3a9d485ea6ee6e9ae70985df38c23b345feeab138e6d',
    bytes: 65647,
  },
  'length-type-name-65536': {
    sha256: '44021bb2414c988cbda3dd3b009a6f7461d6e5d8e2abaf461794cf138dc92fc6',
    bytes: 65648,
  },
  'length-type-name-65537': {
    sha256: 'bc99c6f8dafa19adc8f2347a195b8b4ac01ba692f11225ee532153f9343f2e8a',
    bytes: 65649,
  },
  'length-type-name-1048577': {
    sha256: '66e26371f1e1a456d8085be8bcb2a4d50ca42fac9ecf3f4cb90784e0dc4cf94b',
    bytes: 1048689,
  },
  'length-type-name-16777217': {
    sha256: 'c31569be09823a40526aae4ac67b0deb87b84c60fd36716aac1889cfa0b0ac59',
    bytes: 16777330,
  },
  'length-goroutine-waitReason-4095': {
    sha256: 'a695ff20e81b645b0655126ccfeedde2f811a29fdf59212e6da05e7e06a10295',
    bytes: 4262,
  },
  'length-goroutine-waitReason-4096': {
    sha256: '1d175a968c9ffd30da178a68fe5ec6efe614e282dbd2872eefc9758b70767c37',
    bytes: 4263,
  },
  'length-goroutine-waitReason-4097': {
    sha256: '03ce9a2f7b236b4ebdb77a07a6927df437fcae90daf0b6825f80cfc99f9e57ec',
    bytes: 4264,
  },
  'length-goroutine-waitReason-65535': {
    sha256: 'e847ce8796d7578d7b4b4e83b7d2ae91e247d824757c6d05afa11f2a481db95d',
    bytes: 65703,
  },
  'length-goroutine-waitReason-65536': {
    sha256: '2902c6a153ec81374e38f70ee5b77a679245e42670200d51f2c84b01d9e07547',
    bytes: 65704,
  },
  'length-goroutine-waitReason-65537': {
    sha256: '95dbb9f935ac557f85dafd73db207bcfac52ca8124a0ea99273b1f596f5e9ca7',
    bytes: 65705,
  },
  'length-goroutine-waitReason-1048577': {
    sha256: '3fe9284cbdb0df9a2217d276ff61934af098b895cbb7c85b0e40dc49879ebf6c',
    bytes: 1048745,
  },
  'length-goroutine-waitReason-16777217': {
    sha256: '7d636288fae2099daa17b6e185796ef560b1ad96d56e60e27058cd5313a63f0c',
    bytes: 16777386,
  },
  'length-stackFrame-name-4095': {
    sha256: '7a47d2739d3e0071a97c8832aa143a10b3d58ee9c1fa64a3463d1bb9a3e84f1e',
    bytes: 4265,
  },
  'length-stackFrame-name-4096': {
    sha256: 'ab3ac3e6749c8625b278470a6a2684c771b974ee7e5820e9f9e9651db61419bb',
    bytes: 4266,
  },
  'length-stackFrame-name-4097': {
    sha256: 'da107b4faab8b93c24f7b71886fc02441bb1b48ac3b2d7ca5fdf10c126843a13',
    bytes: 4267,
  },
  'length-stackFrame-name-65535': {
    sha256: 'd2c71dfa3a5e5164a8479751b32916a91673db7df2a66634b4b8e50eadc920dc',
    bytes: 65706,
  },
  'length-stackFrame-name-65536': {
    sha256: '8c2a693f2b3a1b779a1c07882fb01860ba23a9cf0bb6bd12052c165e9cecf430',
    bytes: 65707,
  },
  'length-stackFrame-name-65537': {
    sha256: '325f136596dbd2b46c83d9e96360af8afc8e5f9b511fb9d9a053711c957b6dc5',
    bytes: 65708,
  },
  'length-stackFrame-name-1048577': {
    sha256: '4736fd205b9577354cb7e3982c6463d90ce72e68dbc721682e348e0efbc2e50f',
    bytes: 1048748,
  },
  'length-stackFrame-name-16777217': {
    sha256: 'cf8eba164bb1e8a61313876ccceb1bb39ad477306fd6836b53d083f5a6e9cd0f',
    bytes: 16777389,
  },
  'length-memProf-func-4095': {
    sha256: 'd051846757072339cf01e5dd0eee2a7b02042e8cfb58af8d32038ef629ec86d6',
    bytes: 4208,
  },
  'length-memProf-func-4096': {
    sha256: '3bfe26db610076d7e7b79a3d5fd07f3684d173d8d9266a04c15aa9986302772f',
    bytes: 4209,
  },
  'length-memProf-func-4097': {
    sha256: '59612e6b1eae15dfa1af2249d85f3b510e90c7e2fa49daa696255c3a02af915f',
    bytes: 4210,
  },
  'length-memProf-func-65535': {
    sha256: 'b0d26d5fa8783f3bafc208938a6beaf8a9722296c89286bafb90020ba49e5966',
    bytes: 65649,
  },
  'length-memProf-func-65536': {
    sha256: '7ae6ffc0252a82c94574e948f3369049e2fb3ac413821805b44ac6d00b42c454',
    bytes: 65650,
  },
  'length-memProf-func-65537': {
    sha256: 'afd0ae32ec58e8c746d8bd9bdeef8125d91952e5d72a9bea760182242b763e66',
    bytes: 65651,
  },
  'length-memProf-func-1048577': {
    sha256: '7d8f6d5e27817d2f5f42895bdd52724b9cf959110d93e8c7b117219ef5884253',
    bytes: 1048691,
  },
  'length-memProf-func-16777217': {
    sha256: 'cb3868fbc60054125ed7c2b8516e4e903e731df72f9be89466f86252cec41a35',
    bytes: 16777332,
  },
  'length-memProf-file-4095': {
    sha256: '735792d6d0994078f76baecc762fb0c0f8402907ce78da0ce663977fb20cbe07',
    bytes: 4210,
  },
  'length-memProf-file-4096': {
    sha256: 'bd04944ca8783b60ba417322ad3a82db45fb6ab046b6394c4c73fe1012a3d6f6',
    bytes: 4211,
  },
  'length-memProf-file-4097': {
    sha256: '087969d723c75d429da12a0fc909bbf46ace27e2c9532125b744bfa2ca344028',
    bytes: 4212,
  },
  'length-memProf-file-65535': {
    sha256: '1f1c75c7c7efe7e4dc1ffc3a110188b49cabd24e868885546a415b739c339693',
    bytes: 65651,
  },
  'length-memProf-file-65536': {
    sha256: '528ef7367044bd9dfdb54f8530bee423185f7fddf8cf70a8f40d90b857776699',
    bytes: 65652,
  },
  'length-memProf-file-65537': {
    sha256: '8b9b1f5fac1cc056f553b0d8b69ad57238f49347d2ad7f2e7706dec0c6a3da21',
    bytes: 65653,
  },
  'length-memProf-file-1048577': {
    sha256: '32b79ee6bbffd867aa2df701b6e94c19ef6c317a4d038ce526225db7d0c79f9d',
    bytes: 1048693,
  },
  'length-memProf-file-16777217': {
    sha256: 'a8598228fb0590ee0d505e67fd2c7b3869e4fdd8b627e3577fa8345c4dc6974f',
    bytes: 16777334,
  },
  'length-object-contents-4095': {
    sha256: '2e1fb69c9182928867129bd27b5405ee9d25e0aafede38c412c66c538261db8c',
    bytes: 4198,
  },
  'length-object-contents-4096': {
    sha256: '347652905c15d75f3f0ca2ba40ee446fb22af45d50d747482f694ffb06a06302',
    bytes: 4199,
  },
  'length-object-contents-4097': {
    sha256: 'a3b83edd39b3feb3a882bf845975871ceed755d9eeec9b9b252f84e95aeae7c7',
    bytes: 4200,
  },
  'length-object-contents-65535': {
    sha256: '9d3e2e8fbf8865176304b3c869bffacb8518b2abc4b1659d0528ed6e56a6341b',
    bytes: 65639,
  },
  'length-object-contents-65536': {
    sha256: '959d2613dfc0de9137662146ea58432ac3e57460647bdc0bf12924e0862d281d',
    bytes: 65640,
  },
  'length-object-contents-65537': {
    sha256: '4fd25c1e72147a1c8cdf4801e01800a76266bad6f11fde9b1971edd3f12e46b7',
    bytes: 65641,
  },
  'length-object-contents-1048577': {
    sha256: '38517960527647131f0b1f61bff74b83c41a749249e96e273f543d42e74172a0',
    bytes: 1048681,
  },
  'length-object-contents-16777217': {
    sha256: 'bf10ba67d517caa08c4abfd2d001c0a81ba43a6418be84493d428986c33ea33a',
    bytes: 16777322,
  },
  'length-stackFrame-contents-4095': {
    sha256: '71638ef8e9002a4b2bb287f47f697c7e76e41ad984ee2b4fe9227e93d27c74a3',
    bytes: 4258,
  },
  'length-stackFrame-contents-4096': {
    sha256: 'c007c799e1cc4f933bfa639f773314850a0343396c9545a66510c3a451deefae',
    bytes: 4259,
  },
  'length-stackFrame-contents-4097': {
    sha256: '70720df029b0c87efe2dae6feab2c4b4669a0cac1b119471d08a93072f2c9d4b',
    bytes: 4260,
  },
  'length-stackFrame-contents-65535': {
    sha256: 'b0eafccfa4dae01bff162bfb23da1e66efaac4cf197dc00b5ff7594cbf9414fa',
    bytes: 65699,
  },
  'length-stackFrame-contents-65536': {
    sha256: '6bcce90b363b0e4704ab53bafc6f3d15b2fcb989e8fbcba7c82165002e89da30',
    bytes: 65700,
  },
  'length-stackFrame-contents-65537': {
    sha256: '526d8e87a459ac9e5504a888683d0d5a16faed346ea42876fd272786bb193d01',
    bytes: 65701,
  },
  'length-stackFrame-contents-1048577': {
    sha256: 'aaa0dc7d742474d6974e9bcb7841bd2a024f3093b6da3d5ed9a08319b96f17b9',
    bytes: 1048741,
  },
  'length-stackFrame-contents-16777217': {
    sha256: '4300c4f27c476a24f8cdc296a4b895e291f22e24f0c3302e8618dbfa9b9f0312',
    bytes: 16777382,
  },
  'length-dataSegment-contents-4095': {
    sha256: '6f825bbfd848092deb977fd9a93dcdabb29a8d4329d5b8f85c518898bf4445a2',
    bytes: 4196,
  },
  'length-dataSegment-contents-4096': {
    sha256: '54e597c43f1bfc01b45a36280c99fb3f58e2dd5ef5acfc4f11f7f2a81c0e9183',
    bytes: 4197,
  },
  'length-dataSegment-contents-4097': {
    sha256: '7aa5865dc8634deaf557b5b39eaf05890be0380b1663c445c03e8b0a6e4f71c5',
    bytes: 4198,
  },
  'length-dataSegment-contents-65535': {
    sha256: '6dd1bf415ca1558be795560a5bcdad77251fb94e7e3f8763216b7ab10cfa2ba7',
    bytes: 65637,
  },
  'length-dataSegment-contents-65536': {
    sha256: '5526b5dc8ee8a6cbabc733f94d2e703a8365af1e791a91a23c86f621f10e48cf',
    bytes: 65638,
  },
  'length-dataSegment-contents-65537': {
    sha256: '50e0213ad7149693123f9d6a75aa05d9ec9d1865bcc4e9ab1a71b225a5c90b98',
    bytes: 65639,
  },
  'length-dataSegment-contents-1048577': {
    sha256: '1394f44f8109a7b4346df21309fe64bf824f08ade71dae31cce2453381cdc94e',
    bytes: 1048679,
  },
  'length-dataSegment-contents-16777217': {
    sha256: '1a0cdef54443af0f11ef2bcd806dce18010f974f058a1603f71ce8165a226591',
    bytes: 16777320,
  },
  'length-bss-contents-4095': {
    sha256: 'f203d00cf29d3a35bb0de46204ac2d525feded8601579e77e7177ad96e376520',
    bytes: 4196,
  },
  'length-bss-contents-4096': {
    sha256: 'fde581485e3ea970c309711600ab7cfa5bdbaab7e41a8e11e6da9dd5b933903e',
    bytes: 4197,
  },
  'length-bss-contents-4097': {
    sha256: 'a79977d1ed29a9503586444f6af4e9a0e86810ea965077a8e40dfcc7bea48bef',
    bytes: 4198,
  },
  'length-bss-contents-65535': {
    sha256: 'c6eeaea45992b0e9d22a8b92a2c80c1dbb291dd27635a7ed259ac015ebd3f484',
    bytes: 65637,
  },
  'length-bss-contents-65536': {
    sha256: '2a66a43f7289ef8cb23313f9b7eb3d3b06d64ca82a1ae544bd3866b46175def5',
    bytes: 65638,
  },
  'length-bss-contents-65537': {
    sha256: '7b52221c70098dc6830f2903ca169f41df01d4fefcc75d31a55be30cd7d7a015',
    bytes: 65639,
  },
  'length-bss-contents-1048577': {
    sha256: '7d9d583d3a3b4434726d6ab5a3d31cb5315ddd1ce1f1ea6293255b18c95fd20f',
    bytes: 1048679,
  },
  'length-bss-contents-16777217': {
    sha256: 'e60302a90bd9c61fd9e8d6c8b4e6d5e2085bbf4b388d6030bb1eb5fe203f5268',
    bytes: 16777320,
  },
  'graph-chain-100000': {
    sha256: '66af2f8ce831d3379ba3381ba652d1a3afef626ece67f963a7deb5790ccc6943',
    bytes: 2900066,
  },
  'graph-in-degree-100000': {
    sha256: '5faf9adace3724ee99793551960c8aabf99afcf989fb02fe3a51064754d3a3c5',
    bytes: 2900066,
  },
  'graph-fields-100000': {
    sha256: '8a43f1ece412e2810348f537c7995f55aa818ccb4509702d3b13185139872df5',
    bytes: 1198057,
  },
  'length-params-architecture-0': {
    sha256: '5eb7b09245bcc6ab6c8e16a25c59780d7ad22063ac566a769335cde62e5cc424',
    bytes: 59,
  },
  'length-params-architecture-1': {
    sha256: '983cb870fdef9dc418ccc857db99829bde5d9db0492fdf6adc9be7f33c0daf1a',
    bytes: 60,
  },
  'length-params-architecture-127': {
    sha256: 'a6da9c78aeecbb0c7c3d655dcccb320a9b12ab3020464c755a8d713d86254e71',
    bytes: 186,
  },
  'length-params-architecture-128': {
    sha256: 'aae01ec568db6cf4ae3da402781ed351e6435c7efbedca211930a9471537e608',
    bytes: 188,
  },
  'length-params-architecture-4095': {
    sha256: '92cfcd34d8caf3044825620d4f23522f0519a004c3af4a0a88512b79a2a69f9e',
    bytes: 4155,
  },
  'length-params-architecture-4096': {
    sha256: 'a1077e1ea83f9e4e84ffee7867d3e757008cec9c49273e173f68e99ed73b85a7',
    bytes: 4156,
  },
  'length-params-architecture-4097': {
    sha256: 'cca081a155d10658cd4d510a0ec9218ca5b8f02fbe6dd14a6eb653a60826d74d',
    bytes: 4157,
  },
  'length-params-architecture-65535': {
    sha256: '085be61f8cdca8cc3c7a24b85b7f16f36069f14785627d8cb6cf34760d4d7399',
    bytes: 65596,
  },
  'length-params-architecture-65536': {
    sha256: '1cc1fdfd0524100839f2cd65d03d86d04f665256d9bbe87ab10dd21b6390305d',
    bytes: 65597,
  },
  'length-params-architecture-65537': {
    sha256: '2f8cf6d706785b035c972d79dd03c32ce2f7e3256dbfa1563895071e98455e6f',
    bytes: 65598,
  },
  'length-params-architecture-1048577': {
    sha256: '560a74b9059fd636404c452762b7d88c0c867c45e2f4f5170b6091767bfe0efa',
    bytes: 1048638,
  },
  'length-params-architecture-16777217': {
    sha256: '6d1eab5c5c2cf18ef1858a6d205a1f9b26a053014e533d149c323374b0fa48b3',
    bytes: 16777279,
  },
  'length-params-goVersion-0': {
    sha256: '4b15cc5c8cf6574402cb901484b58887155ff41e10eb468e278dd28992f2f6f0',
    bytes: 55,
  },
  'length-params-goVersion-1': {
    sha256: 'ce7858d8d1cc265e803132649f73670678bda18cd876c4d9e34ceff4a9b3df11',
    bytes: 56,
  },
  'length-params-goVersion-127': {
    sha256: 'f0fdb61b8b22ec7995521c877da9bf4d445b43c1b776f40a7ddfc56f4dfa4afc',
    bytes: 182,
  },
  'length-params-goVersion-128': {
    sha256: 'e488a8c00bcb411dcb7231969489cc22d0b1b4391bd72e2c506eb102f6c2a982',
    bytes: 184,
  },
  'length-params-goVersion-4095': {
    sha256: '4e9185ad409478f4521828ad74c01b6ca5a69c7909216f12996167942e8dbb99',
    bytes: 4151,
  },
  'length-params-goVersion-4096': {
    sha256: '8ccf71e752f9227341a5c78b7f6a93704f94e593f7f6ad3b5fd6ee862451b5e6',
    bytes: 4152,
  },
  'length-params-goVersion-4097': {
    sha256: 'f56fe29cd6c0154927fba3360ed8010a6da1348e0f4a4cdf63d4058411d9d739',
    bytes: 4153,
  },
  'length-params-goVersion-65535': {
    sha256: '543b2b6b0f44be60c9ac136346abee0bdb457f29502864985645b6d6c98ae46b',
    bytes: 65592,
  },
  'length-params-goVersion-65536': {
    sha256: '1b3d7f585a027766e0f8a1371f7d64a68105029594c001f12d6ebca3d223b123',
    bytes: 65593,
  },
  'length-params-goVersion-65537': {
    sha256: 'bf2826a4693c9412277d44c0ed19beca508cf8a673b025c49b445b836e2b974a',
    bytes: 65594,
  },
  'length-params-goVersion-1048577': {
    sha256: 'cee1dd012dda50a0fd3bb1fd7cec78f888429d7f2e5214245ad2c257f08f4602',
    bytes: 1048634,
  },
  'length-params-goVersion-16777217': {
    sha256: 'edec3c379cb86935eca6d4cb67ea5d96192cc34b89462b792a132489a65ee8b8',
    bytes: 16777275,
  },
  'size-1e3': {
    sha256: '97bf2d5fdec4cdf75c8c3fea68d794c6e4be7c67b21c5ad9baf08eade185b027',
    bytes: 25049,
  },
  'size-1e4': {
    sha256: 'c57e612cfc5aa745c3cc339a80d42f1812294ebff445c69150c996073d608026',
    bytes: 250049,
  },
  'size-1e5': {
    sha256: '02213dbb035f4b7616a8af7fb96790facbf8f1f8935cefca86d4780318185278',
    bytes: 2500049,
  },
  'size-1e6': {
    sha256: 'f547284d100045545b20644fd790a3ef99c375f97ca0a53a61f991abd4fbfc27',
    bytes: 25000049,
  },
  'size-1e7': {
    sha256: '6ba61d475119bdaf8ef066174ca95a4177d2a1c5d9f90ae6bb5b2e3295bdca5d',
    bytes: 250000049,
  },
  'size-1e8': {
    sha256: '4c25cde51cad9d74ccc2fab9bd2fcf648c4285b5fa024d1fd70ffe9f6c502ee7',
    bytes: 2500000049,
  },
  'size-1e9': {
    sha256: '5e89423bff034f8958205803d717763b1d2b6d931f624b60410304402da6b3dd',
    bytes: 25000000049,
  },
  'object-above-4GiB': {
    sha256: '62f4d84b1a5136b9930884d68364c53035ad634123d24300c8f68b5069472238',
    bytes: 4294975565,
  },
};
