using Assistance.Domain.Intake;
using Assistance.Domain.Lookups;
using Assistance.Domain.Shared;

namespace Assistance.Domain.Households;

/// <summary>Where the consent of one person of a case stands.</summary>
public enum ConsentStanding
{
    NotGiven,

    /// <summary>The person was asked and said no; departments are not asked, and the household shows everything itself.</summary>
    Refused,

    Holds,
    Revoked,

    /// <summary>Past its last day.</summary>
    Expired,
}

/// <summary>Who consents to the verification of whom (Act arts 40 and 41; 57 art. 9).</summary>
public static class ConsentRules
{
    /// <param name="newest">The newest consent of the person; null where none was ever given.</param>
    /// <param name="hasRefused">Whether the person said no.</param>
    public static ConsentStanding StandingOf(LookupConsent? newest, bool hasRefused, DateOnly today) => newest switch
    {
        null => hasRefused ? ConsentStanding.Refused : ConsentStanding.NotGiven,
        { RevokedAt: not null } => ConsentStanding.Revoked,
        _ => newest.HoldsOn(today) ? ConsentStanding.Holds : ConsentStanding.Expired,
    };

    /// <summary>
    /// A living member or an obligor gives it, and signs for themselves. Only for a member who cannot does somebody else: a
    /// member of age who can, or the guardian on record.
    /// </summary>
    /// <param name="guardians">The persons on record as guardians of this very person, their mandates in force.</param>
    /// <exception cref="RuleViolation">consent-not-of-the-case or consent-not-theirs-to-sign.</exception>
    public static void RequireMaySign(Household household, Guid person, Guid signer, IEnumerable<Guid> guardians, DateOnly today)
    {
        var living = household.LivingOn(today).ToList();
        if (living.Find(member => member.PersonId == person) is not { } subject)
        {
            // An obligor's means are their own affair: nobody else lets them be looked up (Act art. 41).
            if (household.Obligors.All(obligor => obligor.PersonId != person))
            {
                throw Refusals.ConsentNotOfTheCase();
            }

            if (signer != person)
            {
                throw Refusals.ConsentNotTheirsToSign(LegalBases.DepartmentsVerify);
            }

            return;
        }

        var maySign = subject.NeedsGuardianOn(today)
            ? guardians.Contains(signer) || living.Exists(member => member.PersonId == signer && !member.NeedsGuardianOn(today))
            : signer == person;
        if (!maySign)
        {
            throw Refusals.ConsentNotTheirsToSign(LegalBases.ConsentToVerification);
        }
    }

    /// <summary>Who says no for a person: the person, or an agent by a mandate of theirs; for a member who cannot, whoever acts for the household.</summary>
    /// <param name="speaker">Whose will it is: the person's own, or that of whom an agent's mandate comes from.</param>
    /// <exception cref="RuleViolation">consent-not-of-the-case, or mandate-does-not-cover: it is somebody else's.</exception>
    public static void RequireMaySpeakFor(Household household, Guid person, Guid? speaker, DateOnly today)
    {
        var member = household.LivingOn(today).FirstOrDefault(member => member.PersonId == person);
        if (member is null && household.Obligors.All(obligor => obligor.PersonId != person))
        {
            throw Refusals.ConsentNotOfTheCase();
        }

        if (speaker != person && member?.NeedsGuardianOn(today) != true)
        {
            throw Refusals.MandateDoesNotCover(nameof(MandateScope.Contest), "MandateOfSomebodyElse");
        }
    }
}
