using Assistance.Domain.Households;
using Assistance.Domain.Shared;

namespace Assistance.Domain.Intake;

/// <summary>Who acts for a household (57 art. 6; Act art. 37(3)).</summary>
public enum AgentKind
{
    /// <summary>The residents' committee of a community.</summary>
    Community,

    /// <summary>Another person, who is no member of the household.</summary>
    Person,

    /// <summary>The guardian of a member who cannot act for themselves. The law appoints a guardian: nobody grants this one.</summary>
    Guardian,
}

/// <summary>What an agent may do for the household.</summary>
public enum MandateScope
{
    Apply,
    SupplyMaterials,
    ReceiveNotices,
    Contest,
}

/// <summary>A mandate in writing (委托, 57 art. 6): what it covers and between which days. An act that it does not cover is not the household's.</summary>
public sealed record AgentMandate
{
    public required AgentKind Kind { get; init; }

    public required IReadOnlyList<MandateScope> Scope { get; init; }

    public required DateOnly SignedOn { get; init; }

    /// <summary>The last day it holds; null where it holds until it is revoked.</summary>
    public DateOnly? EndsOn { get; init; }

    /// <summary>The day it was revoked, from which it covers nothing.</summary>
    public DateOnly? RevokedOn { get; init; }

    /// <exception cref="RuleViolation">mandate-does-not-cover: it was revoked, has ended, was not signed yet, or is for something else.</exception>
    public void RequireCovers(MandateScope scope, DateOnly today)
    {
        var cause = RevokedOn <= today ? "MandateRevoked"
            : EndsOn < today ? "MandateEnded"
            : SignedOn > today ? "MandateNotSignedYet"
            : !Scope.Contains(scope) ? "MandateForSomethingElse"
            : null;
        if (cause is not null)
        {
            throw Refusals.MandateDoesNotCover(scope.ToString(), cause);
        }
    }

    /// <summary>Who may grant a mandate: a living member who acts for themselves, or the guardian of one who does not.</summary>
    /// <param name="guardians">The persons who are recorded as guardians in this case, their mandates in force.</param>
    /// <exception cref="RuleViolation">mandate-not-theirs-to-grant.</exception>
    public static void RequireMayGrant(Household household, Guid grantedBy, IEnumerable<Guid> guardians, DateOnly today)
    {
        var member = household.LivingOn(today).FirstOrDefault(member => member.PersonId == grantedBy);
        if (member is null ? !guardians.Contains(grantedBy) : member.NeedsGuardianOn(today))
        {
            throw Refusals.MandateNotTheirsToGrant();
        }
    }

    /// <summary>A guardian acts only for a living member who cannot act for themselves.</summary>
    /// <exception cref="RuleViolation">member-not-in-household; guardian-not-needed.</exception>
    public static void RequireNeedsGuardian(Household household, Guid ward, DateOnly today)
    {
        var member = household.LivingOn(today).FirstOrDefault(member => member.PersonId == ward) ?? throw Refusals.MemberNotInHousehold();
        if (!member.NeedsGuardianOn(today))
        {
            throw Refusals.GuardianNotNeeded();
        }
    }
}
