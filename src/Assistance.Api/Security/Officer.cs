using System.Security.Claims;
using Assistance.Domain.Shared;

namespace Assistance.Api.Security;

/// <summary>Who acts: the token's subject, roles and division. The division narrows everything that can be seen.</summary>
public sealed record Officer(string Id, DivisionCode Division, IReadOnlyList<string> Roles)
{
    public const string DivisionClaim = "division";
    public const string RolesClaim = "roles";

    public bool IsOfTheDistrict => Division.Level == DivisionLevel.District;

    public bool Has(string role) => Roles.Contains(role);

    /// <summary>Binds from the token. Every policy has already required a subject, a role and a division.</summary>
    public static ValueTask<Officer> BindAsync(HttpContext http) => ValueTask.FromResult(Of(http.User));

    public static Officer Of(ClaimsPrincipal user) => new(
        user.FindFirstValue("sub")!,
        DivisionCode.Parse(user.FindFirstValue(DivisionClaim)!),
        [.. user.FindAll(RolesClaim).Select(claim => claim.Value)]);
}

/// <summary>Roles a token can carry.</summary>
public static class Roles
{
    public const string Clerk = "clerk";
    public const string Visitor = "visitor";
    public const string Reviewer = "reviewer";
    public const string Confirmer = "confirmer";
    public const string Supervisor = "supervisor";
    public const string Auditor = "auditor";
    public const string Department = "department";

    public static IReadOnlyList<string> All { get; } = [Clerk, Visitor, Reviewer, Confirmer, Supervisor, Auditor, Department];

    /// <summary>A role of the procedure's table, as tokens carry it.</summary>
    public static string Of(OfficerRole role) => role switch
    {
        OfficerRole.Clerk => Clerk,
        OfficerRole.Visitor => Visitor,
        OfficerRole.Reviewer => Reviewer,
        OfficerRole.Confirmer => Confirmer,
        OfficerRole.Supervisor => Supervisor,
        OfficerRole.Auditor => Auditor,
        OfficerRole.Department => Department,
        _ => throw new ArgumentOutOfRangeException(nameof(role)),
    };
}

/// <summary>What each kind of endpoint demands of a token, beside a subject and a division.</summary>
public static class Policies
{
    /// <summary>Taking and completing applications.</summary>
    public const string Desk = "desk";

    /// <summary>Assessing and giving the street's opinion.</summary>
    public const string Review = "review";

    /// <summary>Making the district's decision.</summary>
    public const string Confirm = "confirm";

    /// <summary>Taking up what another office sent, or asking the district about it.</summary>
    public const string TakeUp = "take-up";

    /// <summary>Allowing exceptions, with reasons.</summary>
    public const string Supervise = "supervise";

    /// <summary>Reading cases within one's division.</summary>
    public const string Read = "read";

    /// <summary>Following the event feed.</summary>
    public const string Feed = "feed";

    /// <summary>Visiting households, for the street or the district.</summary>
    public const string Visit = "visit";

    /// <summary>Recording what either the desk or the reviewer may learn.</summary>
    public const string DeskOrReview = "desk-or-review";

    /// <summary>Reading figures across cases.</summary>
    public const string Oversee = "oversee";

    /// <summary>Seeing how the district's look-ups work, across cases and streets, and what is proposed for its parameters.</summary>
    public const string OverseeDistrict = "oversee-district";

    /// <summary>Acting for the district: where look-ups are stuck, and for its parameters.</summary>
    public const string SuperviseDistrict = "supervise-district";

    /// <summary>Those for officers of the district alone, whatever their role is in a street.</summary>
    public static IReadOnlySet<string> OfTheDistrict { get; } = new HashSet<string> { OverseeDistrict, SuperviseDistrict };

    public static IReadOnlyDictionary<string, string[]> RolesOf { get; } = new Dictionary<string, string[]>
    {
        [Desk] = [Roles.Clerk],
        [Review] = [Roles.Reviewer],
        [Confirm] = [Roles.Confirmer],
        [TakeUp] = [Roles.Clerk, Roles.Reviewer, Roles.Supervisor],
        [Supervise] = [Roles.Supervisor],
        [Visit] = [Roles.Visitor, Roles.Reviewer, Roles.Confirmer],
        [DeskOrReview] = [Roles.Clerk, Roles.Reviewer],
        [Oversee] = [Roles.Supervisor, Roles.Auditor],
        [OverseeDistrict] = [Roles.Supervisor, Roles.Auditor],
        [SuperviseDistrict] = [Roles.Supervisor],
        [Feed] = [Roles.Supervisor, Roles.Auditor, Roles.Department],
        [Read] = [Roles.Clerk, Roles.Visitor, Roles.Reviewer, Roles.Confirmer, Roles.Supervisor, Roles.Auditor],
    };

    /// <summary>The policy that lets exactly these roles act, wherever in the district they are.</summary>
    /// <exception cref="InvalidOperationException">There is none: the procedure's table has a row that no policy fits.</exception>
    public static string Of(IEnumerable<OfficerRole> roles)
    {
        var names = roles.Select(Roles.Of).ToHashSet();
        return RolesOf.First(policy => !OfTheDistrict.Contains(policy.Key) && names.SetEquals(policy.Value)).Key;
    }
}
