"""What countries, peoples, offices and bodies are called in each language."""

from functools import lru_cache

# Offices and bodies whose names are translated; each line one thing, in English | in Vietnamese.
_TRANSLATED = """
president|tổng thống, chủ tịch nước
vice president|phó tổng thống, phó chủ tịch nước
prime minister, premier|thủ tướng
deputy prime minister|phó thủ tướng
foreign minister, secretary of state, minister of foreign affairs|ngoại trưởng, bộ trưởng ngoại giao
foreign ministry, ministry of foreign affairs, state department|bộ ngoại giao
defence minister, defense minister, defense secretary, defence secretary|bộ trưởng quốc phòng
defence ministry, defense ministry, defense department|bộ quốc phòng
finance minister, treasury secretary, minister of finance|bộ trưởng tài chính
health minister, health secretary, minister of health|bộ trưởng y tế
health ministry, ministry of health|bộ y tế
education minister, minister of education|bộ trưởng giáo dục
transport minister, minister of transport|bộ trưởng giao thông vận tải, bộ trưởng giao thông
minister, secretary|bộ trưởng
ministry|bộ
governor|thống đốc, tỉnh trưởng
mayor|thị trưởng
king|quốc vương, vua
queen|nữ hoàng
pope|giáo hoàng
general|tướng, đại tướng
chairman, chairwoman, chair, chairperson|chủ tịch
director|giám đốc
ambassador|đại sứ
spokesman, spokeswoman, spokesperson|người phát ngôn, phát ngôn viên
professor|giáo sư
doctor, dr|bác sĩ, tiến sĩ
united nations, un|liên hợp quốc, liên hiệp quốc, lhq
security council|hội đồng bảo an
european union, eu|liên minh châu âu, eu
european commission|ủy ban châu âu
world health organization, who|tổ chức y tế thế giới, who
world bank|ngân hàng thế giới
international monetary fund, imf|quỹ tiền tệ quốc tế, imf
white house|nhà trắng
pentagon|lầu năm góc
congress|quốc hội mỹ
parliament, national assembly|quốc hội
senate|thượng viện
supreme court|tòa án tối cao
central bank|ngân hàng trung ương
state bank|ngân hàng nhà nước
red cross|hội chữ thập đỏ, chữ thập đỏ
middle east|trung đông
europe, european, europeans|châu âu
asia, asian, asians|châu á
africa, african, africans|châu phi
southeast asia|đông nam á
east sea, south china sea|biển đông
west bank|bờ tây
gaza strip|dải gaza
hanoi, ha noi|hà nội
saigon|sài gòn
ho chi minh city|thành phố hồ chí minh, tp hcm, tp.hcm, tphcm
"""
OFFICES = frozenset(
    {"president", "vice president", "prime minister", "deputy prime minister", "foreign minister", "minister",
    "mayor", "king",
     "queen", "pope", "chairman", "director", "ambassador", "spokesman", "professor", "parliament", "senate"}
)  # fmt: skip
"""Those that mean the same without a capital."""
# What a country and its people are called beside the names in CLDR, by ISO 3166 code.
_COUNTRIES = {
    "US": "america, american, americans, u.s, us, usa, united states of america | mỹ", "GB": "britain, british,"
    " briton, "
    "britons, uk, u.k, england | anh, vương quốc anh", "FR": "french | pháp", "DE": "german, germans | đức",
    "RU": "russian, russians | nga", "CN": "chinese | trung quốc, trung", "JP": "japanese | nhật bản, nhật",
    "KR": "south korean, south koreans, south korea | hàn quốc, hàn", "KP": "north korean, north koreans,"
    " north korea | "
    "triều tiên", "VN": "vietnamese | việt nam", "IR": "iranian, iranians | iran", "IL": "israeli, israelis | israel",
    "IQ": "iraqi, iraqis | iraq", "SA": "saudi, saudis | ả rập xê út, ả rập saudi, saudi", "AE": "emirati, emiratis,"
    " uae, "
    "united arab emirates | uae", "TR": "turkish, turks, türkiye, turkey | thổ nhĩ kỳ", "UA": "ukrainian, ukrainians | "
    "ukraine", "ES": "spanish, spaniards | tây ban nha", "IT": "italian, italians | ý, italia", "IN": "indian,"
    " indians | "
    "ấn độ", "PK": "pakistani, pakistanis | pakistan", "AF": "afghan, afghans | afghanistan", "EG": "egyptian,"
    " egyptians | "
    "ai cập", "JO": "jordanian, jordanians | jordan", "LB": "lebanese | li băng, liban", "SY": "syrian, syrians |"
    " syria",
    "PS": "palestinian, palestinians, palestine | palestine", "YE": "yemeni, yemenis | yemen", "QA": "qatari,"
    " qataris | "
    "qatar", "TH": "thai, thais | thái lan", "LA": "laotian, laotians, laos | lào", "KH": "cambodian, cambodians | "
    "campuchia", "ID": "indonesian, indonesians | indonesia", "MY": "malaysian, malaysians | malaysia", "SG":
    "singaporean, singaporeans | singapore", "PH": "filipino, filipinos, philippine | philippines", "AU": "australian, "
    "australians | úc, australia", "NZ": "new zealander, new zealanders | new zealand", "CA": "canadian, canadians |"
    " canada",
    "MX": "mexican, mexicans | mexico", "BR": "brazilian, brazilians | brazil", "AR": "argentine, argentinian |"
    " argentina",
    "PL": "polish, poles | ba lan", "NL": "dutch, holland | hà lan", "BE": "belgian, belgians | bỉ", "SE": "swedish,"
    " swedes "
    "| thụy điển", "NO": "norwegian, norwegians | na uy", "DK": "danish, danes | đan mạch", "FI": "finnish, finns |"
    " phần lan",
    "CH": "swiss | thụy sĩ", "AT": "austrian, austrians | áo", "GR": "greek, greeks | hy lạp", "HU": "hungarian,"
    " hungarians "
    "| hungary", "CZ": "czech, czechs | séc", "PT": "portuguese | bồ đào nha", "IE": "irish | ireland", "ZA":
    "south african, south africans | nam phi", "NG": "nigerian, nigerians | nigeria", "ET": "ethiopian, ethiopians | "
    "ethiopia", "KE": "kenyan, kenyans | kenya", "CU": "cuban, cubans | cuba", "TW": "taiwanese | đài loan",
    "HK": "hong kong | hồng kông", "MM": "burmese, burma | myanmar",
}  # fmt: skip


@lru_cache(maxsize=16)
def translated_names(language: str | None) -> dict[str, str]:
    """Names that differ from language to language (countries, offices, bodies), lower case, each with its key."""
    from babel import Locale, UnknownLocaleError

    column = {"en": 0, "vi": 1}.get(language or "")
    found: dict[str, str] = {}
    try:
        territories = Locale.parse(language or "en").territories
        found |= {name.casefold(): code for code, name in territories.items() if code.isalpha() and len(name) > 2}
    except (UnknownLocaleError, ValueError):
        pass
    if column is None:
        return found
    for code, line in _COUNTRIES.items():
        found |= dict.fromkeys(_listed(line.split("|")[column]), code)
    for line in _TRANSLATED.strip().splitlines():
        found |= dict.fromkeys(_listed(line.split("|")[column]), line.split("|")[0].split(",")[0])
    return found


def _listed(names: str) -> list[str]:
    return [name.strip() for name in names.split(",") if name.strip()]
