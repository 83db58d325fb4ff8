using Assistance.Domain.Assessments;
using Assistance.Domain.Assessments.Rules;
using NUnit.Framework;
using static Assistance.Domain.Tests.SyntheticHouseholds;

namespace Assistance.Domain.Tests.Assessments.Rules;

/// <summary>Act art. 37; 57 art. 4.</summary>
public sealed class RegistrationAgreesWithTheRegisterTests
{
    private static readonly string[] Agreeing = ["LAW-37", "57-4"];
    private static readonly string[] Differing = ["LAW-37", "57-17"];

    [Test]
    public void Without_an_answer_nothing_differs() =>
        new RegistrationAgreesWithTheRegister().On(AnInput()).Holds(Outcome.Eligible, "registration-agrees", Agreeing);

    [TestCase("140213053")]
    [TestCase("140213060", TestName = "A_move_between_streets_changes_no_right")]
    [TestCase("140213", TestName = "A_register_that_knows_only_the_district_agrees")]
    public void Within_the_district_the_registration_agrees(string registered) =>
        new RegistrationAgreesWithTheRegister().On(AnInput(null, ARegistration(registered)))
            .Holds(Outcome.Eligible, "registration-agrees", Agreeing);

    [TestCase("140214001")]
    [TestCase("140202", TestName = "A_district_that_is_no_more_differs_and_refuses_nobody")]
    public void Another_district_needs_review_and_is_no_ground_to_refuse(string registered) =>
        new RegistrationAgreesWithTheRegister().On(AnInput(null, ARegistration(registered)))
            .Holds(Outcome.NeedsReview, "registration-differs", Differing, "members=1");

    [Test]
    public void Every_member_who_differs_is_counted_once() =>
        new RegistrationAgreesWithTheRegister().On(AnInput(
            null, ARegistration("110101"), ARegistration("110102"), ARegistration("110101", Child)))
            .Holds(Outcome.NeedsReview, "registration-differs", Differing, "members=2");

    [Test]
    public void The_registration_of_the_dead_is_not_asked() =>
        new RegistrationAgreesWithTheRegister().On(AnInput(ABoringHousehold().WhereDied(Child, Today), ARegistration("110101", Child)))
            .Holds(Outcome.Eligible, "registration-agrees", Agreeing);

    [Test]
    public void A_registration_that_ended_does_not_count() =>
        new RegistrationAgreesWithTheRegister().On(AnInput(null, ARegistration("110101") with { ToOn = Today.AddDays(-1) }))
            .Holds(Outcome.Eligible, "registration-agrees", Agreeing);
}
