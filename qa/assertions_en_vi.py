"""How English and Vietnamese assert; the fields of `Assertions`."""

ASSERTIONS = {
    "en": dict(
        negation=r"\b(?:not|no|never|nor|neither|none|nobody|nothing|without|cannot|unable|hardly|barely|nowhere|"
        r"den(?:y|ie[sd]|ying|ial)|refus\w+|reject\w*|fail(?:ed|s|ing|ure)?|unlikely|lack(?:s|ed|ing)?|"
        r"ruled out|yet to|declin(?:ed|es|ing) to|false(?:ly)?)\b|n['’]t\b",
        denying=r"\b(?:den(?:y|ie[sd]|ying)|refus\w+|reject\w*|fail(?:ed|s|ing)?|lack(?:s|ed|ing)?|ruled? out|"
        r"declin(?:ed?|es|ing) to)\b",
        doubt=r"\b(?:may|might|could|would|will|shall|expect(?:s|ed)?|plan(?:s|ned|ning)?|alleged(?:ly)?|allegations?|"
        r"allege[sd]?|reportedly|suspect(?:s|ed)?|suspicion|propos(?:e[sd]?|al)|considering|intends?|hop(?:es|ed|ing)|"
        r"possib(?:le|ly)|if|likely|due to|set to|should|aims?|wants?|accus(?:e[sd]?|ations?)|claim(?:s|ed)?|"
        r"potential(?:ly)?|"
        r"rumou?r(?:s|ed)?|threaten(?:s|ed)?|tr(?:y|ied|ies|ying)|attempt(?:s|ed)?|seek(?:s|ing)?|promis(?:e[sd]?)|"
        r"to be)\b",
        claim=r"\b(?:alleged(?:ly)?|allegations?|allege[sd]?|reportedly|suspect(?:s|ed)?|suspicion|accus(?:e[sd]?|"
        r"ations?)|"
        r"claim(?:s|ed)?|rumou?r(?:s|ed)?)\b",
        chance=r"\b(?:may|might|could|possib(?:le|ly|ility)|if|likely|potential(?:ly)?|considering|perhaps|whether)\b",
        over=r"\b(?:more than|over|at least|above|exceed(?:s|ed|ing)?|upwards of|no (?:fewer|less) than)\W*$",
        under=r"\b(?:less than|fewer than|under|below|nearly|almost|up to|at most|no more than|just short of)\W*$",
        part=r"(?:\d|\b(?:most|some|many|several|few|none|half|part|majority)) of (?:[^\W\d]+(?:['’]s)? ){0,2}$|"
        r"(?:^|[,;.] )of (?:the |its |their )?$",
        among=r"\b(?:of|among|from) (?:\S+ ){0,2}$",
        thereof=r"\b(?:of (?:whom|which|them|these|those)|including|among them)\b",
        partial=r"\b(?:(?:a|one|two|three) (?:thirds?|quarters?|fifths?) of|most|some of|many of|several of|few of|"
        r"half of|parts? of|majority of)\b",
        whole=r"\b(?:all|every|everyone|each|entire|always|whole)\b",
        reporting=r"[^\w,;:]*(?:sa(?:id|ys)|t(?:old|ells)|report(?:s|ed)|reveal(?:s|ed)|underlin(?:es|ed)|"
        r"stress(?:es|ed)|"
        r"highlight(?:s|ed)|confirm(?:s|ed)|cit(?:es|ed)|announc(?:es|ed)|wr(?:ote|ites)|conclud(?:es|ed)|not(?:es|ed)|"
        r"believ(?:es|ed)|thinks?|thought)\b",
        source=(
            r"\b(?:according to|as reported by|reports?|told) (?:the )?{name},?",
            r"\(\s*(?:the )?{name}\s*\)",
            r"^(?:the )?{name}(?:,[^:]{{0,30}})?:",
            r"^(?:the )?{name} (?:reported|reports|said|says|wrote|writes|noted|notes|has reported)(?: that)?\b,?",
            r",? (?:the )?{name} (?:reported|reports|said|says|wrote|writes)\W*$",
        ),
        passive=r"\b(?:was|were|been|being|is|are|be)\b.{0,40}\bby\b|"
        r"\b(?:\w{2,}ed|led|held|made|won|sent|told|built|given) by\b",
        fronted=r"(?:after|before|in|on|at|among|to|since|for|with|during|because|when|if|by|from|under)",
        relative=r"(?:who|whose|which)",
        placed=r"\b(?:in|at|from|on|of|near|into|for|since|during)(?: the)?",
        joined=r"and|or|as well as",
        be=("be", "been", "being", "is", "are", "was", "were"),
        breaks=r"[;:—–]|, |\b(?:but|and|while|although|though|whereas|because|after|before|when|who|which)\b",
        opposites={
            "rise": (
                r"\b(?:rise[sn]?|rose|rising|increas\w+|grow\w*|grew|gain\w*|climb\w*|jump\w*|surg\w+|soar\w*|higher|"
                r"rais(?:e[sd]?|ing)|doubl(?:e[sd]?|ing)|expand\w*|up)\b",
                r"\b(?:fall(?:s|en|ing)?|fell|decreas\w+|declin(?:e|ed|es|ing)(?! to)|drop\w*|shr[aiu]nk\w*|plung\w+|"
                r"lower\w*|"
                r"reduc\w+|cut(?:s|ting)?|halv(?:e[sd]?|ing)|slump\w*|down)\b",
            ),
            "win": (r"\b(?:w[io]ns?|winning|winners?|victor\w*)\b", r"\b(?:los(?:e[srd]?|t|ing)|losers?|defeats?)\b"),
            "open": (r"\b(?:open(?:s|ed|ing)?|reopen\w*)\b", r"\b(?:clos(?:e[sd]?|ing|ure)|shut\w*)\b"),
            "support": (
                r"\b(?:support\w*|back(?:s|ed|ing)|approv\w+|endors\w+|accept\w*|agree[sd]?|welcom\w+|prais\w+|"
                r"favou?r\w*|"
                r"voted for)\b",
                r"\b(?:oppos\w+|condemn\w*|critici[sz]\w+|reject\w*|denounc\w+|disapprov\w+|disagree\w*|against|"
                r"veto\w*)\b",
            ),
            "before": (r"\b(?:before|prior to|earlier|ahead of)\b", r"\b(?:after|following|later)\b"),
            "more": (
                r"\b(?:more|most|larg(?:er|est)|big(?:ger|gest)|high(?:er|est)|longer|longest|best|oldest)\b",
                r"\b(?:less|fewer|least|fewest|small(?:er|est)|low(?:er|est)|short(?:er|est)|worst|youngest)\b",
            ),
            "begin": (
                r"\b(?:beg[aiu]n\w*|start(?:s|ed|ing)?|launch\w*|join(?:s|ed|ing)?|enter(?:s|ed|ing)?|arriv\w+|"
                r"resum\w+)\b",
                r"\b(?:end(?:s|ed|ing)?|stop\w*|halt\w*|finish\w*|withdr[ae]w\w*|le(?:ft|ave[s]?|aving)|depart\w*|"
                r"quit\w*|"
                r"suspend\w*|cancel\w*|conclud\w+)\b",
            ),
            "buy": (r"\b(?:b(?:uy\w*|ought)|purchas\w+|acquir\w+|import\w*)\b", r"\b(?:s(?:ell\w*|old)|export\w*)\b"),
            "north": (r"\bnorth(?:ern)?\b", r"\bsouth(?:ern)?\b"),
            "east": (r"\beast(?:ern)?\b", r"\bwest(?:ern)?\b"),
            "guilt": (r"\b(?:guilty|convict\w+|sentenc\w+)\b", r"\b(?:innocent|acquit\w+|not guilty|cleared)\b"),
            "live": (r"\b(?:surviv\w+|alive|born)\b", r"\b(?:di(?:e[sd]|ed|e)|dead|kill\w*|deaths?)\b"),
            "first": (r"\b(?:first|earliest)\b", r"\b(?:last|final|latest)\b"),
            "man": (
                r"\b(?:m[ae]n|boys?|husband|son|father|brother)\b",
                r"\b(?:wom[ae]n|girls?|wife|daughter|mother|"
                r"sister)\b",
            ),
            "hurt": (r"\b(?:injur\w+|wound\w+|hurt)\b", r"\b(?:kill\w*|dead|di(?:e[sd]|ed)|deaths?)\b"),
            "legal": (
                r"\b(?:legal(?:ly)?|allow\w*|permit\w*|lift(?:s|ed|ing)?)\b",
                r"\b(?:illegal(?:ly)?|bann?\w*|prohibit\w*|forb[ai]d\w*|impos\w+)\b",
            ),
            "free": (r"\b(?:releas\w+|freed)\b", r"\b(?:arrest\w*|detain\w*|jail\w*|imprison\w*)\b"),
            "profit": (r"\b(?:profits?|profitable|surplus|gain(?:s|ed)?)\b", r"\b(?:loss(?:es)?|lost|deficit)\b"),
            "safe": (r"\b(?:safe|safely|harmless)\b", r"\b(?:unsafe|dangerous|harmful)\b"),
        },
        amounts={
            "tens": r"\b(?:dozens|scores|tens) of\b",
            "hundreds": r"\bhundreds\b",
            "thousands": r"\bthousands\b",
            "millions": r"\bmillions\b",
            "half": r"\b(?:half|halv\w+)\b",
            "third": r"\b(?:a|one|two)[ -]thirds?\b",
            "quarter": r"\b(?:a|one|three)[ -]quarters?\b",
        },
    ),
    "vi": dict(
        negation=r"(?<!\w)(?:không|chưa|chẳng|chả|phủ nhận|bác bỏ|từ chối|thất bại|thiếu|khó có thể|đừng|vô)(?!\w)",
        denying=r"(?<!\w)(?:phủ nhận|bác bỏ|từ chối|thất bại|thiếu)(?!\w)",
        doubt=r"(?<!\w)(?:có thể|có khả năng|dự kiến|sẽ|kế hoạch|dự định|đề xuất|nếu|bị cáo buộc|cáo buộc|nghi|"
        r"nghi ngờ|"
        r"được cho là|cân nhắc|xem xét|hy vọng|muốn|đe dọa|tuyên bố sẽ|tìm cách|cố gắng|hứa|sắp|nhằm|"
        r"tố cáo|(?<!quyết )(?<!khẳng )(?<!ổn )(?<!nhất )(?<!hiệp )(?<!chỉ )(?<!xác )(?<!quy )(?<!nhận )(?<!ấn )"
        r"định(?! cư))(?!\w)",
        claim=r"(?<!\w)(?:bị cáo buộc|cáo buộc|nghi|nghi ngờ|được cho là|tố cáo|tin đồn)(?!\w)",
        chance=r"(?<!\w)(?:có thể|có khả năng|nếu|cân nhắc|xem xét|hay không)(?!\w)",
        over=r"(?<!\w)(?:hơn|(?<!cứu )(?<!sát )(?<!nghiệm )trên|ít nhất|tối thiểu|vượt|vượt quá|không dưới)\W*$",
        under=r"(?<!\w)(?:gần|dưới|chưa đến|chưa tới|tối đa|không quá|ít hơn|nhiều nhất|lên tới|lên đến)\W*$",
        part=r"(?<!\w)trong (?:tổng )?số $",
        among=r"(?<!\w)(?:trong|trong (?:tổng )?số) $",
        thereof=r"(?<!\w)trong đó(?!\w)",
        partial=r"(?<!\w)(?:hầu hết|phần lớn|đa số|đa phần|một phần)(?!\w)",
        whole=r"(?<!\w)(?:tất cả|toàn bộ|mọi|toàn thể|luôn)(?!\w)",
        reporting=r"[^\w,;:]*(?:cho biết|cho hay|nói|thông báo|nhấn mạnh|tiết lộ|đưa tin|khẳng định|kết luận|viết|"
        r"dẫn)(?!\w)",
        source=(
            r"(?<!\w)theo (?:(?:báo|tờ|trang|hãng) )?{name},?",
            r"\(\s*{name}\s*\)",
            r"^{name}(?:,[^:]{{0,30}})?:",
            r"^(?:(?:báo|tờ|trang|hãng) )?{name} (?:đưa tin|cho biết|viết|nói|cho hay|thông tin)(?: rằng)?,?",
        ),
        passive=r"(?<!\w)bởi(?!\w)|(?<!\w)(?:bị|được)(?: \w+){0,2} (?-i:[A-ZĐ])",
        fronted=r"(?:sau|trước|trong|tại|từ|vào|do|vì|để|theo|khi|nếu|ở|năm|ngày|tháng)",
        relative=r"(?:mà|người)",
        placed=r"(?<!\w)(?:ở|tại|từ|của|vào|trong)",
        joined=r"và|cùng|hoặc",
        surnames="nguyễn|trần|lê|phạm|hoàng|huỳnh|phan|vũ|võ|đặng|bùi|đỗ|ngô|dương|đinh|trịnh|tô|đào|lương|trương|tạ|"
        "châu|thái|quách|phùng|tống|kiều|nghiêm|lưu|vương",
        be=("bị", "được"),
        breaks=r"[;:—–]|, |(?<!\w)(?:nhưng|và|song|trong khi|mặc dù|tuy|vì|sau khi|trước khi|khi|mà)(?!\w)",
        opposites={
            "rise": (
                r"(?<!\w)(?:tăng|nâng|lên cao|cao hơn|gấp đôi|mở rộng)(?!\w)",
                r"(?<!\w)(?:giảm|hạ|cắt|sụt|lao dốc|thấp hơn|thu hẹp)(?!\w)",
            ),
            "win": (
                r"(?<!\w)(?:thắng|chiến thắng|giành chiến thắng|đánh bại)(?!\w)",
                r"(?<!\w)(?:thua|thất bại|"
                r"bại trận)(?!\w)",
            ),
            "open": (
                r"(?<!\w)(?:mở cửa|mở lại|mở|khai trương|khánh thành|thông xe)(?!\w)",
                r"(?<!\w)(?:đóng cửa|đóng|phong tỏa)(?!\w)",
            ),
            "support": (
                r"(?<!\w)(?:ủng hộ|tán thành|chấp nhận|đồng ý|hoan nghênh|ca ngợi|thông qua|chấp thuận|phê duyệt|"
                r"tán dương)(?!\w)",
                r"(?<!\w)(?:phản đối|lên án|chỉ trích|bác bỏ|từ chối|phủ quyết|chống)(?!\w)",
            ),
            "before": (r"(?<!\w)trước(?!\w)", r"(?<!\w)sau(?!\w)"),
            "more": (
                r"(?<!\w)(?:nhiều hơn|nhiều nhất|lớn hơn|lớn nhất|cao nhất|dài nhất|tốt nhất)(?!\w)",
                r"(?<!\w)(?:ít hơn|ít nhất|nhỏ hơn|nhỏ nhất|thấp nhất|ngắn nhất|tệ nhất)(?!\w)",
            ),
            "begin": (
                r"(?<!\w)(?:bắt đầu|khởi động|gia nhập|tham gia|đến|nối lại|khởi công)(?!\w)",
                r"(?<!\w)(?:kết thúc|dừng|ngừng|rút khỏi|rút|rời|đình chỉ|hủy|chấm dứt|hoàn thành)(?!\w)",
            ),
            "buy": (r"(?<!\w)(?:mua|nhập khẩu|thâu tóm)(?!\w)", r"(?<!\w)(?:bán|xuất khẩu)(?!\w)"),
            "north": (r"(?<!\w)(?:bắc|phía bắc)(?!\w)", r"(?<!\w)(?:nam|phía nam)(?!\w)"),
            "east": (r"(?<!\w)(?:phía đông|miền đông)(?!\w)", r"(?<!\w)(?:phía tây|miền tây)(?!\w)"),
            "guilt": (r"(?<!\w)(?:có tội|kết án|tuyên phạt|lĩnh án)(?!\w)", r"(?<!\w)(?:vô tội|trắng án)(?!\w)"),
            "live": (
                r"(?<!\w)(?:sống sót|còn sống|sinh ra)(?!\w)",
                r"(?<!\w)(?:chết|thiệt mạng|qua đời|"
                r"tử vong)(?!\w)",
            ),
            "first": (r"(?<!\w)(?:đầu tiên|lần đầu)(?!\w)", r"(?<!\w)(?:cuối cùng|mới nhất)(?!\w)"),
            "man": (
                r"(?<!\w)(?:nam giới|đàn ông|chồng|con trai|cha|bố)(?!\w)",
                r"(?<!\w)(?:nữ giới|phụ nữ|vợ|"
                r"con gái|mẹ)(?!\w)",
            ),
            "hurt": (r"(?<!\w)bị thương(?!\w)", r"(?<!\w)(?:chết|thiệt mạng|tử vong)(?!\w)"),
            "legal": (
                r"(?<!\w)(?:hợp pháp|cho phép|dỡ bỏ|gỡ bỏ)(?!\w)",
                r"(?<!\w)(?:bất hợp pháp|cấm|trái phép|"
                r"áp đặt)(?!\w)",
            ),
            "free": (
                r"(?<!\w)(?:thả|trả tự do|phóng thích)(?!\w)",
                r"(?<!\w)(?:bắt giữ|bắt|giam|bỏ tù|"
                r"tạm giam)(?!\w)",
            ),
            "profit": (r"(?<!\w)(?:lãi|lợi nhuận)(?! suất)(?!\w)", r"(?<!\w)(?:lỗ|thua lỗ)(?!\w)"),
            "safe": (r"(?<!\w)an toàn(?!\w)", r"(?<!\w)(?:nguy hiểm|gây hại)(?!\w)"),
        },
        amounts={
            "tens": r"(?<!\w)hàng chục (?!nghìn|ngàn|triệu)",
            "hundreds": r"(?<!\w)hàng trăm (?!nghìn|ngàn|triệu)",
            "thousands": r"(?<!\w)hàng (?:nghìn|ngàn)(?!\w)",
            "millions": r"(?<!\w)hàng triệu(?!\w)",
            "half": r"(?<!\w)(?:một nửa|phân nửa)(?!\w)",
            "third": r"(?<!\w)(?:một|hai) phần ba(?!\w)",
            "quarter": r"(?<!\w)(?:một|ba) phần tư(?!\w)",
        },
    ),
}
