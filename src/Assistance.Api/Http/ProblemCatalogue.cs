using Assistance.Api.Features.Reference;

namespace Assistance.Api.Http;

/// <summary>Title and detail of every problem code, in both languages; <c>{name}</c> stands for an argument.</summary>
internal static class ProblemCatalogue
{
    private static readonly Dictionary<string, Entry> Entries = new(StringComparer.Ordinal)
    {
        ["invalid-request"] = new("请求有误", "The request is not valid", "请按 errors 逐项更正后重新提交。", "Correct each item of errors and send it again."),
        ["unauthenticated"] = new("未登录或令牌无效", "Not signed in, or the token is not valid", "请使用签发给本系统、未过期的令牌。", "Send an unexpired token made out to this service."),
        ["forbidden"] = new("没有此项权限", "Not permitted", "您的角色或机构不能办理此事项。", "Your role or office may not do this."),
        ["not-found"] = new("未找到", "Not found", "不存在，或者不属于您的机构办理。", "It does not exist, or is not with your office."),
        ["method-not-allowed"] = new("不支持该方法", "Method not allowed", "该地址不支持此方法。", "This address does not take that method."),
        ["payload-too-large"] = new("内容过大", "The body is too large", "请求内容不得超过 1 MiB，草稿不得超过 256 KiB。", "A body may hold at most 1 MiB, a draft at most 256 KiB."),
        ["unsupported-media-type"] = new("内容类型不支持", "Unsupported media type", "请以 application/json 提交；上传文件的内容用 application/offset+octet-stream。", "Send application/json; the bytes of a file go as application/offset+octet-stream."),
        ["precondition-required"] = new("缺少 If-Match", "If-Match is required", "请先读取，再以 If-Match 带上所读的 ETag 提交，以免覆盖他人的改动。", "Read it first and send the ETag you read as If-Match, so that nobody's change is overwritten."),
        ["precondition-failed"] = new("内容已被他人更改", "It was changed meanwhile", "请重新读取后再提交。", "Read it again, then send."),
        ["idempotency-key-reused"] = new("Idempotency-Key 已用于其他请求", "The Idempotency-Key was used for another request", "同一个键只能重复同一个请求；新的请求请换一个新键。", "A key may only repeat the same request; use a new key for a new one."),
        ["conflict"] = new("与现有数据冲突", "Conflict with what is stored", "请重新读取后再试。", "Read again and retry."),
        ["internal-error"] = new("系统内部错误", "Internal error", "已记录，请凭编号联系管理员；数据未受影响。", "It was recorded; contact the operator with the trace id. No data was changed."),

        ["wrong-state"] = new("当前状态不能办理", "Not possible in this state", "当前状态为“{state}”，不能办理“{act}”；可办理的状态：{allowed}。", "{act} is not possible in the state {state}; it is in: {allowed}."),
        ["already-applied"] = new("已有在办申请或在享待遇", "Already applied", "第{positions}名成员已申请或享受{programme}（{where}），请在原档案中办理。", "Of the members of this form, number {positions} already has an application or award for {programme} ({where}); go on there."),
        ["not-the-accepting-office"] = new("不是受理街道", "Not the accepting office", "此步骤由受理街道 {division} 办理；收件窗口无需也不能代办。", "This step is for the accepting street {division}."),
        ["not-the-receiving-office"] = new("不是接收机构", "Not the receiving office", "转办由 {division} 接收登记。", "The transfer is for {division} to take up."),
        ["nothing-to-take-up"] = new("没有待接收的转办", "Nothing to take up", "该申请没有待接收的转办。", "No transfer of this application waits to be taken up."),
        ["arbitration-open"] = new("已提请区级裁定", "Arbitration is asked for already", "请等待区级裁定；在此之前继续办理，不得退回。", "Wait for the district; until then go on with it, it cannot be sent back."),
        ["no-arbitration-requested"] = new("没有待裁定的事项", "No arbitration is asked for", "该申请没有街道提请裁定。", "No street has asked the district to arbitrate this application."),
        ["transfer-open"] = new("已有待接收的转办", "A transfer is open already", "正在转往 {division}，接收后方可再次转办。", "It is on its way to {division}; it can be passed on once it was taken up there."),
        ["not-the-district"] = new("须由区级民政部门办理", "For the district only", "审核确认由区级民政部门作出。", "The decision is the district's to make."),
        ["disclosure-not-sealed"] = new("尚未出具一次性告知书", "The disclosure is not sealed yet", "请先出具一次性告知书。", "Seal the one-time disclosure first."),
        ["disclosure-already-sealed"] = new("已出具一次性告知书", "The disclosure is sealed already", "告知书 {number} 已出具，不得再次要求补充材料。", "Disclosure {number} is sealed; nothing may be asked for a second time."),
        ["lookups-pending"] = new("部门查询尚未结束", "Look-ups are still running", "还有 {count} 件查询没有结果；部门能答复的，不得要求群众提供。请稍后再试。", "{count} look-ups have no result yet; what a department can answer may not be asked of the household. Try again shortly."),
        ["items-outstanding"] = new("还有材料未提供", "Items are outstanding", "告知书所列以下事项尚未提供：{items}。", "These items of the disclosure are outstanding: {items}."),
        ["department-answers-this"] = new("不得要求群众提供", "May not be asked for", "“{item}”可由{source}核对，依法不得要求群众提供。", "{item} is answered by {source} and by law may not be asked of the household."),
        ["already-on-file"] = new("已在档", "Already on file", "“{item}”已在档，不再要求提供。", "{item} is on file already and is not asked for again."),
        ["not-on-the-sealed-list"] = new("不在一次性告知书内", "Not on the sealed list", "“{item}”不在一次性告知书所列事项之内。", "{item} is not on the sealed one-time disclosure."),
        ["already-asked"] = new("已在告知书内", "Asked already", "“{item}”已在告知书所列事项之内，不必再次告知。", "{item} was asked for already and need not be told again."),
        ["already-acknowledged"] = new("已签收", "Acknowledged already", "告知书 {number} 已由当事人确认知悉。", "Disclosure {number} was acknowledged already."),
        ["nothing-supplied"] = new("没有可退回的材料", "Nothing to send back", "“{item}”没有已提供而未退回的材料。", "Nothing is there for {item} that could be sent back."),
        ["nothing-to-contest"] = new("没有可提出异议的答复", "There is no answer to contest", "“{item}”没有部门答复；只有部门已答复的事项可以提出异议。", "No department has answered {item}; only an answer can be contested."),
        ["not-required"] = new("该事项无需提供", "The item is not required", "“{item}”目前不需要群众提供，无从免除。", "{item} is not required of the household, so there is nothing to waive."),
        ["no-procedure-for-programme"] = new("该事项尚不能在本系统审核确认", "No procedure for this programme yet", "“{programme}”已可核算，审核确认程序尚未录入本系统，请按规定线下办理。", "{programme} can be assessed here; its procedure is not in this system yet: proceed outside it."),
        ["no-rules-for-programme"] = new("该事项尚不能在本系统核算", "No rules for this programme yet", "“{programme}”的核算规则尚未录入本系统，请按规定线下办理。", "The rules for {programme} are not in this system yet; proceed outside it."),
        ["not-assessed"] = new("尚未核算", "Not assessed yet", "请先完成家庭经济状况核算。", "Assess the household first."),
        ["assessment-outdated"] = new("核算已过时", "The assessment is outdated", "核算之后又有新的答复或变化，请重新核算。", "An answer or a change came in after the assessment; assess again."),
        ["assessment-needs-review"] = new("尚有待核实事项", "Matters are still open", "以下事项尚待核实，不能据此提出意见：{findings}。", "These findings need to be cleared up before an opinion can be given: {findings}."),
        ["opinion-contradicts-assessment"] = new("意见与核算结果不符", "The opinion contradicts the assessment", "核算结果为“{outcome}”，与“{opinion}”不符。", "The assessment says {outcome}; {opinion} contradicts it."),
        ["posting-still-running"] = new("公示尚未期满", "The posting is still running", "公示至 {endsOn} 期满，期满后方可审核确认。", "The posting runs until {endsOn}; a decision can follow after that day."),
        ["not-posted"] = new("尚未公示", "Not posted yet", "初审意见须先在申请家庭所在社区公示，期满后方可上报。", "The opinion is posted in the community first; the file goes up when the posting has ended."),
        ["objection-outside-the-posting"] = new("不在公示期内", "Not while the posting runs", "公示异议须在公示期内（{postedOn}至{endsOn}）提出；期满后反映的，请登记为投诉、举报。", "An objection comes in while the posting runs ({postedOn} to {endsOn}); record what came later as a complaint."),
        ["nothing-to-extend"] = new("期限不能延长", "There is nothing to extend", "该事项不适用延长情形“{ground}”，或者期限已经延长过；办理期限只延长一次。", "The programme does not know the ground {ground}, or the period was extended already; it is extended once."),
        ["period-over"] = new("期限已过", "The period is over", "办理期限已于 {dueOn} 届满，不能再延长，请尽快办结。", "The period ended on {dueOn} and is not extended afterwards; bring the matter to its end."),
        ["posting-objection-open"] = new("公示异议尚未处理", "An objection to the posting is open", "公示有异议的，应当重新调查或者开展民主评议，处理后方可继续。", "There is an objection: investigate anew or hold a democratic review, and record the answer, before going on."),
        ["objection-already-answered"] = new("该异议已经处理", "The objection is answered already", "该公示异议此前已经处理。", "This objection was answered before."),
        ["reinvestigation-missing"] = new("尚无重新调查的记录", "There is no new investigation on record", "异议提出之后，街道须重新入户调查并记录，方可据以答复。", "Record a visit of the street to the household, made after the objection came in, before answering by a new investigation."),
        ["democratic-review-is-no-answer"] = new("须重新组织调查", "A new investigation is needed", "此类申请的公示异议须重新组织调查核实，不能仅以民主评议处理。", "For this programme an objection is answered by a new investigation, not by a democratic review alone."),
        ["democratic-review-too-early"] = new("民主评议早于异议", "The review was before the objection", "民主评议应当在收到异议（{receivedOn}）之后进行。", "The democratic review is held once the objection has come in ({receivedOn})."),
        ["own-review"] = new("初审人员不得审核确认", "One's own review cannot be confirmed", "提出意见和作出决定须为不同人员。", "Whoever gave the opinion cannot make the decision."),
        ["refusal-without-reasons"] = new("不予确认须说明理由", "A refusal needs reasons", "请填写理由。", "State the reasons."),
        ["prior-hearing-missing"] = new("须先听取意见", "The household must be heard first", "作出{kind}决定前，应当听取救助对象的意见并记录。", "Before a decision to {kind} the household must be heard, and the hearing recorded."),
        ["prior-hearing-not-needed"] = new("不需要听取意见", "No hearing is needed", "只有减发、停发决定之前需要听取意见。", "Only a reduction or a stop calls for a hearing."),
        ["hearing-adopted-reassess"] = new("意见已采纳，须重新核算", "What was said was adopted: assess again", "已采纳家庭的意见，原拟决定不再成立，请重新核算。", "The household's answer was adopted, so the proposal falls; assess again."),
        ["adjustment-open"] = new("已有在办的调整", "An adjustment is open already", "请先办结正在办理的调整。", "Finish the open adjustment first."),
        ["nothing-to-decide"] = new("没有需要决定的变化", "There is nothing to decide", "核算后金额没有变化。", "The amount does not change."),
        ["lookup-not-permitted"] = new("不得查询", "The look-up is not permitted", "查询只能针对在办事项中、授权有效的具体人员，并限于办理所需（{bar}）。本次尝试已记录。", "A department is asked only about a named person of an open case, under that person's valid consent, and only what the case needs ({bar}). The attempt is on record."),
        ["no-parameter-in-force"] = new("没有适用的规定值", "No rule or number is in force", "{on} 没有生效的“{parameter}”，请先录入有依据的数值。", "Nothing is in force for {parameter} on {on}; load a value with its basis first."),
        ["own-proposal"] = new("须由另一人办理", "For a second person", "提出参数的人不能自己启用或者驳回，请由另一人办理；不再需要的，可以撤回（withdrawal）。", "Whoever proposed parameters neither activates nor rejects them; a second person does. What is not wanted any more can be withdrawn."),
        ["not-the-proposer"] = new("只能由提出人撤回", "Only the proposer withdraws", "撤回由提出人办理；不同意的，请驳回（rejection）。", "A proposal is withdrawn by whoever made it; who does not agree rejects it."),
        ["proposal-outdated"] = new("参数已不能启用", "The proposal does not fit any more", "第 {lines} 行与现行参数、法律依据或者今天的日期不再相符。请查看该提案的 report，撤回或者驳回后重新上传。", "The rows of lines {lines} no longer fit the rows in force, the articles or the day. See the proposal's report, withdraw or reject it, and upload anew."),
        ["too-many-drafts"] = new("草稿过多", "Too many drafts", "本机构已有 {most} 份草稿，请先办结或者删除一部分。", "Your office has {most} drafts already; finish or delete some first."),
        ["composition-decided-by-rule"] = new("不需要认定", "No determination is needed", "该成员按规定已是“{standing}”，只有需核实的成员才由机关认定。", "By rule this member is {standing}; the office determines only those whose standing needs review."),
        ["moved-before-the-application"] = new("不是办理期间的迁居", "Not a move during the case", "迁居日期早于申请日期。对申请时的常住地有不同意见的，请提请区级裁定（arbitration-request），不得退回。", "The move is dated before the application. A street that differs about where they lived then asks the district (arbitration-request); it cannot send the case back."),
        ["report-on-the-award"] = new("请在待遇中登记变化", "Report it on the award", "该家庭已有发放中的待遇，请在待遇（award）中登记变化，在办申请随之更新。", "The household has an award in payment: report the change there, and the open applications follow."),
        ["same-place"] = new("住址没有变化", "The place is the same", "所填的常住地与现登记的相同。", "The household is on record at this place already."),
        ["member-not-in-household"] = new("不是该家庭的在世成员", "Not a living member of this household", "该人员不是该家庭的在世成员。", "The person is no living member of this household."),
        ["too-many-attachments"] = new("未使用的附件过多", "Too many attachments are not used yet", "此申请已有 {most} 个未完成或未使用的附件，请先使用已上传的附件。", "The application has {most} attachments that are unfinished or not used; use those first."),
        ["upload-in-progress"] = new("该文件正在上传", "The file is being appended to", "另一请求正在上传此文件，请稍候查看进度后再继续。", "Another request is appending to it; see shortly where it stands, then go on."),
        ["upload-offset-differs"] = new("起点与上传进度不符", "Not where the upload stands", "已保存 {offset} 字节，请从第 {offset} 字节处继续。", "{offset} bytes are stored; go on from there."),
        ["attachment-rejected"] = new("文件未被接受", "The file was not taken", "文件未被接受（{cause}），请重新开始上传。", "The file was not taken ({cause}); begin a new upload."),
        ["attachment-not-complete"] = new("附件没有可下载的文件", "The attachment has no file to download", "附件当前为“{state}”，上传完成并被接受后方可下载。", "The attachment is {state}; it can be downloaded once the upload is complete and the file taken."),
        ["mandate-does-not-cover"] = new("委托不适用于此事项", "The mandate does not cover this", "不能凭此委托办理“{scope}”：{cause}。请由本人办理，或补充登记有效的委托。", "This mandate does not allow its agent to {scope}: {cause}. The household can act itself, or a mandate that covers it can be recorded."),
        ["mandate-not-theirs-to-grant"] = new("不能由其委托", "Not theirs to grant", "委托由能够自行办理的在世家庭成员作出；不能自行办理的，由已登记的监护人作出。", "A mandate is granted by a living member who acts for themselves, or by the recorded guardian of one who does not."),
        ["mandate-already-revoked"] = new("委托已撤销", "The mandate is revoked already", "该委托此前已经撤销。", "The mandate was revoked before."),
        ["guardian-not-needed"] = new("无需监护人", "No guardian is needed", "该成员可以自行办理；需要他人代办的，请登记委托。", "This member acts for themselves; where somebody else is to act, record a mandate."),
        ["consent-not-of-the-case"] = new("不是本档案的人员", "Not of this case", "核对授权只由在世的家庭成员和法定赡养、抚养、扶养义务人作出或者撤销。", "A consent is given or revoked by a living member or an obligor of the case."),
        ["consent-not-theirs-to-sign"] = new("不能由其签署", "Not theirs to sign", "授权由本人签署；未成年人和无完全民事行为能力人由成年家庭成员或者已登记的监护人签署；义务人只能由本人签署。", "Everybody signs for themselves; for a minor or somebody without capacity an adult member or the guardian on record does; for an obligor nobody else."),
        ["consent-already-refused"] = new("已撤销或者拒绝", "Refused already", "此人的核对授权此前已经撤销，或者已表示不同意核对。", "The person revoked the consent or refused to give one before."),
        ["district-home-visit-missing"] = new("须先由区级入户调查", "The district must visit the household first", "该申请已单独登记备案或者接到投诉、举报，区级民政部门须在{since}或者以后入户调查并记录，方可审核确认。", "A relation to staff or a complaint is on record: the district must visit the household itself, on {since} or later, and record the visit, before it decides."),
        ["no-such-disagreement"] = new("没有这项不一致", "No such disagreement", "该成员的“{field}”申报与部门答复没有不一致，无需认定。", "What is stated about this member's {field} does not differ; there is nothing to settle."),
        ["statements-changed"] = new("陈述已经变化", "The statements have changed", "“{field}”的申报或者部门答复已经变化，请重新查看后再认定。", "Something else is stated about {field} by now; look at the board again and settle what stands."),
        ["source-states-nothing"] = new("该部门没有答复此项", "This department states nothing about it", "{source}没有关于“{field}”的答复，不能据以认定。", "{source} states nothing about {field} that could hold."),
        ["statements-do-not-add-up"] = new("不能合并计算", "They cannot both hold", "“{field}”不是可以相加的数额，只能认定其中之一属实。", "{field} is no number that adds up; one of the statements holds."),
    };

    public static IEnumerable<string> Codes => Entries.Keys;

    /// <param name="word">The word for an argument that is a code.</param>
    public static (string Title, string Detail) Texts(
        string code, IReadOnlyDictionary<string, string> arguments, Language language, Func<string, string> word)
    {
        var entry = Entries[code];
        var (title, detail) = language == Language.Zh ? (entry.TitleZh, entry.DetailZh) : (entry.TitleEn, entry.DetailEn);
        foreach (var (name, value) in arguments)
        {
            detail = detail.Replace($"{{{name}}}", word(value), StringComparison.Ordinal);
        }

        return (title, detail);
    }

    private sealed record Entry(string TitleZh, string TitleEn, string DetailZh, string DetailEn);
}
