using Assistance.Api.Http;
using Assistance.Domain.Households;
using Assistance.Domain.Intake;
using Assistance.Domain.Shared;

namespace Assistance.Api.Features.Intake;

/// <summary>Who acts for the household, and what the mandate in writing says (57 art. 6; Act art. 37(3)).</summary>
public abstract record AgentRequest
{
    public required AgentKind Kind { get; init; }

    /// <summary>The agent's name as registered; absent for a community.</summary>
    [Text(100)]
    public string? Name { get; init; }

    /// <summary>The agent's citizen identity number; absent for a community.</summary>
    [IdentityNumber]
    public string? IdentityNumber { get; init; }

    /// <summary>The 12-digit code of the community, only where a community is the agent.</summary>
    [KnownDivision]
    public string? CommunityCode { get; init; }

    /// <summary>What the agent may do, each once.</summary>
    public required IReadOnlyList<MandateScope> Scope { get; init; }

    /// <summary>The day the mandate was signed; for a guardian, that of the guardian's own statement.</summary>
    [NotInTheFuture]
    public required DateOnly SignedOn { get; init; }

    /// <summary>The last day it holds; absent where it holds until it is revoked.</summary>
    public DateOnly? EndsOn { get; init; }

    protected IEnumerable<Fault> CheckTerms(string path, RequestCheck check)
    {
        (string Member, bool IsGiven, bool IsOfACommunity)[] ofTheKind =
        [
            ("name", Name is not null, false), ("identityNumber", IdentityNumber is not null, false), ("communityCode", CommunityCode is not null, true),
        ];
        foreach (var (member, isGiven, _) in ofTheKind.Where(member => member.IsGiven != (member.IsOfACommunity == (Kind == AgentKind.Community))))
        {
            yield return isGiven
                ? new Fault($"{path}.{member}", "not-for-this-agent", "此类代办人不填写此项。", "Leave this out for an agent of this kind.")
                : new Fault($"{path}.{member}", "missing", "请填写：社区代办填社区代码，其他人代办填姓名和身份证号码。", "Give a community's code, or anybody else's name and identity number.");
        }

        if (CommunityCode is { } code && check.HasDivision(code) && !(code.Length == 12 && code.StartsWith(check.DistrictCode, StringComparison.Ordinal)))
        {
            yield return new Fault($"{path}.communityCode", "not-a-community", "请填写本区社区代码（12 位）。", "Give the code of a community of this district: 12 digits.");
        }

        if (Domain.Shared.IdentityNumber.TryParse(IdentityNumber, out var number) == IdentityNumberFault.None && number.BornOn.AddYears(18) > check.Today)
        {
            yield return new Fault($"{path}.identityNumber", "agent-is-a-minor", "代办人须年满十八周岁。", "An agent must be of age.");
        }

        if (Scope.Count == 0 || Scope.Distinct().Count() != Scope.Count)
        {
            yield return new Fault($"{path}.scope", "scope", "请至少选择一项委托事项，不得重复。", "Name at least one thing the agent may do, each once.");
        }

        if (EndsOn < SignedOn)
        {
            yield return new Fault($"{path}.endsOn", "before-signed", "委托期限不能早于签署日期。", "It cannot end before it was signed.");
        }
    }
}

/// <summary>The mandate that is handed in with the form. A guardian acts for the applicant.</summary>
public sealed record FormAgentRequest : AgentRequest
{
    /// <summary>Which member granted it, counted from 1; absent for a guardian, whom the law appoints.</summary>
    [Within(1, 20)]
    public int? GrantedByMember { get; init; }

    internal IEnumerable<Fault> Check(string path, IReadOnlyList<MemberRequest> members, RequestCheck check)
    {
        foreach (var fault in CheckTerms(path, check))
        {
            yield return fault;
        }

        if (Kind == AgentKind.Guardian)
        {
            if (GrantedByMember is not null)
            {
                yield return new Fault($"{path}.grantedByMember", "not-for-this-agent", "监护人代办无需委托人。", "Leave this out for a guardian.");
            }

            if (members.FirstOrDefault(member => member.Relationship == Relationship.Self) is { } applicant && !applicant.NeedsGuardianOn(check.Today))
            {
                yield return new Fault($"{path}.kind", "no-guardian-needed",
                    "申请人可以自行申请；由他人代办的，请填写 Person 或 Community 并由家庭成员委托。",
                    "The applicant acts for themselves; for an agent give Person or Community with the member who granted it.");
            }

            yield break;
        }

        if (GrantedByMember is not { } grantor)
        {
            yield return new Fault($"{path}.grantedByMember", "missing", "请填写由哪一名成员委托。", "Say which member granted it.");
        }
        else if (grantor > members.Count || grantor < 1)
        {
            yield return new Fault($"{path}.grantedByMember", "no-such-member", "没有这名成员。", "There is no such member.");
        }
        else if (members[grantor - 1].NeedsGuardianOn(check.Today))
        {
            yield return new Fault($"{path}.grantedByMember", "grantor-needs-guardian", "委托须由能够自行办理的成员作出。", "A mandate is granted by a member who acts for themselves.");
        }

        if (IdentityNumber is { } number
            && members.Any(member => string.Equals(member.IdentityNumber?.Trim(), number.Trim(), StringComparison.OrdinalIgnoreCase)))
        {
            yield return new Fault($"{path}.identityNumber", "agent-is-a-member", "家庭成员可以直接申请，不必委托。", "A member applies without a mandate.");
        }
    }
}
