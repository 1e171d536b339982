"""How currencies are written in prose, as data: codes, symbols before a number, and names after it."""

from __future__ import annotations

from crosscheck.extraction.numbers.text import word_set

# ISO 4217 as it stands (without funds, metals and test codes), so that no library loads to read a text.
CODES = word_set(
    "AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF "
    "CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG "
    "HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA "
    "MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD "
    "RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD "
    "UYU UZS VES VND VUV WST XAF XCD XOF XPF YER ZAR ZMW HRK LTL LVL EEK DEM ITL FRF BYR RUR"
)

# Codes that are words too: taken for money only where a scale or decimals say so.
WORDS_TOO = word_set("ALL TOP TRY CUP PEN COP MAD BAM MOP SOS GEL LAK PAB COD DEM NAD HUF CAD SHP")

# Before or after a number, as written. "$" is the caller's to say.
SYMBOLS: dict[str, str] = {
    "US$": "USD", "U.S.$": "USD", "US $": "USD", "$US": "USD", "SGD$": "SGD", "TWD$": "TWD",
    "USD$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY", "JP¥": "JPY",
    "CN¥": "CNY", "RMB¥": "CNY", "RMB": "CNY", "₸": "KZT", "₽": "RUB", "₹": "INR", "₩": "KRW", "₺": "TRY", "₴": "UAH",
    "₫": "VND", "₪": "ILS", "₱": "PHP", "₦": "NGN", "฿": "THB", "₼": "AZN", "₾": "GEL", "֏": "AMD", "₮": "MNT",
    "৳": "BDT", "₵": "GHS", "₡": "CRC", "₲": "PYG", "﷼": "IRR", "C$": "CAD", "CA$": "CAD", "Can$": "CAD", "CAD$": "CAD",
    "A$": "AUD", "AU$": "AUD", "AUD$": "AUD", "NZ$": "NZD", "NZD$": "NZD", "HK$": "HKD", "HKD$": "HKD", "S$": "SGD",
    "SG$": "SGD", "NT$": "TWD", "R$": "BRL", "MX$": "MXN", "Mex$": "MXN", "J$": "JMD", "TT$": "TTD", "EC$": "XCD",
    "N$": "NAD", "BZ$": "BZD", "FJ$": "FJD", "Rs": "INR", "Rs.": "INR", "INR₹": "INR", "Tk": "BDT", "Tk.": "BDT",
    "KSh": "KES", "Ksh": "KES", "KSh.": "KES", "Sh": "KES", "USh": "UGX", "UGX": "UGX", "TSh": "TZS", "RM": "MYR",
    "Rp": "IDR", "Rp.": "IDR", "zł": "PLN", "Kč": "CZK", "Fr.": "CHF", "SFr": "CHF", "SFr.": "CHF", "E£": "EGP",
    "LE": "EGP", "GH₵": "GHS", "GHS": "GHS", "Php": "PHP", "P$": "PHP",
    "GH¢": "GHS", "Gh¢": "GHS", "GHc": "GHS", "Rwf": "RWF", "Frw": "RWF", "FRw": "RWF", "Birr": "ETB", "Tsh": "TZS",
    "Tshs": "TZS", "TShs": "TZS", "TSh.": "TZS", "Kshs": "KES", "KShs": "KES", "Ksh.": "KES", "USh.": "UGX", "UShs": "UGX",
    "Ushs": "UGX", "Ush": "UGX", "Shs": "KES", "Sh.": "KES", "Shs.": "KES", "NRs": "NPR", "NRs.": "NPR", "SLRs": "LKR",
    "FCFA": "XAF", "CFAF": "XAF", "CFA": "XAF", "S/.": "PEN", "Nu.": "BTN", "Dh": "AED", "Dhs": "AED", "Naira": "NGN",
    "NIS": "ILS", "Bds$": "BBD", "Le": "SLE", "Kz": "AOA", "Rf": "MVR", "Afs": "AFN",
}  # fmt: skip

# Letters that stand for a currency where a number with a scale follows.
LETTERS: dict[str, str] = {
    "R": "ZAR", "N": "NGN", "K": "ZMW", "P": "PHP", "MK": "MWK", "Br": "ETB", "Bs": "BOB", "Bs.": "BOB", "S/": "PEN",
    "KD": "KWD", "BD": "BHD", "JD": "JOD", "OMR": "OMR", "RO": "OMR", "QR": "QAR", "SR": "SAR", "DH": "MAD", "TL": "TRY",
    "Ar": "MGA", "Nu": "BTN", "Lek": "ALL",
}  # fmt: skip

# Signs that several countries have, with the code that such a country means by one.
LOCAL: dict[str, dict[str, str]] = {
    "Rs": {"PK": "PKR", "LK": "LKR", "NP": "NPR", "MU": "MUR", "SC": "SCR"},
    "Sh": {"TZ": "TZS", "UG": "UGX", "SO": "SOS"},
    "K": {"PG": "PGK", "MW": "MWK", "MM": "MMK"},
    "P": {"BW": "BWP"},
    "Br": {"BY": "BYN"},
    "Dh": {"MA": "MAD"},
    **{sign: dict.fromkeys(("BF", "BJ", "CI", "GW", "ML", "NE", "SN", "TG"), "XOF") for sign in ("CFA", "FCFA")},
}

# Names that mean one currency, in the singular; a plural in s is understood.
NAMES: dict[str, str] = {
    "euro": "EUR", "yuan": "CNY", "renminbi": "CNY", "tenge": "KZT", "ruble": "RUB", "rouble": "RUB", "yen": "JPY",
    "hryvnia": "UAH", "hryvnya": "UAH", "hryvna": "UAH", "zloty": "PLN", "zlotys": "PLN", "zlotych": "PLN",
    "forint": "HUF", "baht": "THB", "ringgit": "MYR", "rupiah": "IDR", "dong": "VND", "won": "KRW", "rand": "ZAR",
    "reais": "BRL", "shekel": "ILS", "sheqel": "ILS", "lari": "GEL", "dram": "AMD", "somoni": "TJS", "som": "KGS",
    "sum": "UZS", "soum": "UZS", "taka": "BDT", "naira": "NGN", "cedi": "GHS", "birr": "ETB", "lev": "BGN",
    "leva": "BGN", "koruna": "CZK", "korunas": "CZK", "korun": "CZK", "tugrik": "MNT", "togrog": "MNT",
    "kyat": "MMK", "riel": "KHR", "afghani": "AFN", "denar": "MKD", "pula": "BWP", "kuna": "HRK", "lira": "TRY",
    "dirham": "AED", "riyal": "SAR", "manat": "AZN", "sterling": "GBP", "pound sterling": "GBP",
    "pounds sterling": "GBP", "new shekel": "ILS", "leu": "RON", "lei": "RON", "kronor": "SEK", "kina": "PGK",
    "kronur": "ISK", "lek": "ALL", "lekë": "ALL", "kip": "LAK", "kwanza": "AOA",
    "metical": "MZN", "meticais": "MZN", "quetzal": "GTQ", "quetzales": "GTQ", "boliviano": "BOB", "guarani": "PYG",
    "guaranies": "PYG", "lempira": "HNL", "balboa": "PAB", "bolivar": "VES", "dalasi": "GMD", "koruny": "CZK",
    "karbovanets": "UAH", "sheqalim": "ILS", "shekalim": "ILS", "zlote": "PLN", "złoty": "PLN", "złotych": "PLN",
}  # fmt: skip

# Names that several currencies share: words before them, and words in the text, that say which.
SHARED_NAMES: dict[str, dict[str, str]] = {
    "dollar": {
        "us": "USD", "u.s": "USD", "u.s.": "USD", "american": "USD", "united states": "USD", "usa": "USD",
        "canadian": "CAD", "australian": "AUD", "new zealand": "NZD", "hong kong": "HKD", "hk": "HKD",
        "singapore": "SGD", "singaporean": "SGD", "taiwan": "TWD", "new taiwan": "TWD", "taiwanese": "TWD",
        "jamaican": "JMD", "namibian": "NAD", "fijian": "FJD", "fiji": "FJD", "barbadian": "BBD", "barbados": "BBD",
        "bahamian": "BSD", "liberian": "LRD", "guyanese": "GYD", "trinidad": "TTD", "bermudian": "BMD", "brunei": "BND",
    },
    "pound": {"british": "GBP", "uk": "GBP", "egyptian": "EGP", "lebanese": "LBP", "syrian": "SYP", "sudanese": "SDG"},
    "rupee": {"indian": "INR", "pakistani": "PKR", "pakistan": "PKR", "nepalese": "NPR", "nepali": "NPR",
              "sri lankan": "LKR", "mauritian": "MUR", "seychelles": "SCR"},
    "peso": {"mexican": "MXN", "philippine": "PHP", "argentine": "ARS", "argentinian": "ARS", "chilean": "CLP",
             "colombian": "COP", "cuban": "CUP", "dominican": "DOP", "uruguayan": "UYU"},
    "dinar": {"kuwaiti": "KWD", "kuwait": "KWD", "serbian": "RSD", "iraqi": "IQD", "jordanian": "JOD", "algerian": "DZD",
              "tunisian": "TND", "libyan": "LYD", "bahraini": "BHD"},
    "franc": {"swiss": "CHF", "rwandan": "RWF", "congolese": "CDF", "guinean": "GNF", "french": "FRF"},
    "krona": {"swedish": "SEK", "icelandic": "ISK"},
    "krone": {"norwegian": "NOK", "danish": "DKK"},
    "kroner": {"norwegian": "NOK", "danish": "DKK"},
    "crown": {"czech": "CZK", "swedish": "SEK", "norwegian": "NOK", "danish": "DKK"},
    "shilling": {"kenyan": "KES", "ugandan": "UGX", "tanzanian": "TZS", "somali": "SOS"},
    "rial": {"iranian": "IRR", "omani": "OMR", "yemeni": "YER", "qatari": "QAR", "saudi": "SAR"},
    "riyal": {"saudi": "SAR", "qatari": "QAR"},
    "dirham": {"uae": "AED", "emirati": "AED", "moroccan": "MAD"},
    "manat": {"azerbaijani": "AZN", "azeri": "AZN", "turkmen": "TMT", "turkmenistan": "TMT"},
    "ruble": {"russian": "RUB", "belarusian": "BYN", "belarus": "BYN"},
    "rouble": {"russian": "RUB", "belarusian": "BYN", "belarus": "BYN"},
    "real": {"brazilian": "BRL"}, "reais": {"brazilian": "BRL"},
    "som": {"kyrgyz": "KGS", "uzbek": "UZS"}, "soum": {"uzbek": "UZS"}, "sum": {"uzbek": "UZS"},
    "lira": {"turkish": "TRY", "italian": "ITL"}, "liras": {"turkish": "TRY"},
    "leu": {"romanian": "RON", "moldovan": "MDL"}, "lei": {"romanian": "RON", "moldovan": "MDL"},
    "won": {"south korean": "KRW", "korean": "KRW", "north korean": "KPW"},
    "yuan": {"chinese": "CNY"}, "renminbi": {"chinese": "CNY"}, "yen": {"japanese": "JPY"}, "tenge": {"kazakh": "KZT",
    "kazakhstani": "KZT"}, "rand": {"south african": "ZAR"}, "hryvnia": {"ukrainian": "UAH"}, "zloty": {"polish": "PLN"},
    "baht": {"thai": "THB"}, "ringgit": {"malaysian": "MYR"}, "rupiah": {"indonesian": "IDR"}, "forint": {"hungarian":
    "HUF"}, "dong": {"vietnamese": "VND"}, "shekel": {"israeli": "ILS", "new israeli": "ILS"}, "dram": {"armenian":
    "AMD"},
    "lari": {"georgian": "GEL"}, "somoni": {"tajik": "TJS"}, "naira": {"nigerian": "NGN"}, "cedi": {"ghanaian": "GHS"},
    "kwacha": {"zambian": "ZMW", "malawian": "MWK"}, "lev": {"bulgarian": "BGN"}, "leva": {"bulgarian": "BGN"},
    "koruna": {"czech": "CZK"}, "kuna": {"croatian": "HRK"},
    "denar": {"macedonian": "MKD"}, "pula": {"botswana": "BWP"}, "riel": {"cambodian": "KHR"}, "kyat": {"myanmar": "MMK",
    "burmese": "MMK"}, "lek": {"albanian": "ALL"}, "kip": {"lao": "LAK", "laotian": "LAK"}, "kwanza": {"angolan": "AOA"},
    "metical": {"mozambican": "MZN"}, "quetzal": {"guatemalan": "GTQ"}, "boliviano": {"bolivian": "BOB"},
    "guarani": {"paraguayan": "PYG"}, "lempira": {"honduran": "HNL"}, "sol": {"peruvian": "PEN"},
    "soles": {"peruvian": "PEN"}, "colon": {"costa rican": "CRC"}, "colones": {"costa rican": "CRC"},
    "afghani": {"afghan": "AFN"}, "kina": {"papua new guinean": "PGK"},
    "tugrik": {"mongolian": "MNT"}, "birr": {"ethiopian": "ETB"}, "taka": {"bangladeshi": "BDT"},
}  # fmt: skip

# For names without a meaning of their own: the currency whose country the text speaks of, where it is one alone.
COUNTRIES: dict[str, dict[str, str]] = {
    "pound": {"egypt": "EGP", "leban": "LBP", "syria": "SYP", "sudan": "SDG", "brit": "GBP", "the uk": "GBP",
              "u.k": "GBP", "united kingdom": "GBP", "england": "GBP",
              "london": "GBP", "scot": "GBP", "wales": "GBP"},
    "rupee": {"india": "INR", "pakistan": "PKR", "sri lanka": "LKR", "nepal": "NPR", "mauriti": "MUR"},
    "peso": {"mexic": "MXN", "philippin": "PHP", "argentin": "ARS", "chile": "CLP", "colombia": "COP", "cuba": "CUP",
             "dominican": "DOP", "uruguay": "UYU"},
    "dinar": {"kuwait": "KWD", "serbia": "RSD", "iraq": "IQD", "jordan": "JOD", "algeria": "DZD", "tunisia": "TND",
              "libya": "LYD", "bahrain": "BHD"},
    "franc": {"swiss": "CHF", "switzerland": "CHF", "rwanda": "RWF", "congo": "CDF", "guinea": "GNF"},
    "krona": {"swed": "SEK", "iceland": "ISK"},
    "krone": {"norw": "NOK", "danish": "DKK", "denmark": "DKK"},
    "kroner": {"norw": "NOK", "danish": "DKK", "denmark": "DKK"},
    "crown": {"czech": "CZK", "swed": "SEK", "norw": "NOK", "danish": "DKK", "denmark": "DKK"},
    "shilling": {"kenya": "KES", "uganda": "UGX", "tanzania": "TZS", "somali": "SOS"},
    "rial": {"iran": "IRR", "oman": "OMR", "yemen": "YER"},
    "kwacha": {"zambia": "ZMW", "malawi": "MWK"},
}  # fmt: skip

# Names that are common words too: money only after a scale or a large number.
COMMON_WORDS = frozenset(("won", "rand", "sum", "sums", "som", "lev", "real", "pula", "crown", "crowns", "dong", "sterling",
                          "lei", "kina", "dram", "drams", "lek", "kip",
                          "colon", "sol", "soles", "guarani", "balboa"))  # fmt: skip
