using Microsoft.Extensions.Options;

namespace Assistance.Api.Tests.Security;

public sealed class PersonalDataKeyTests
{
    [TestCase("PersonalData:CurrentKey", "none")]
    [TestCase("PersonalData:Keys:sandbox", "c2hvcnQ=")]
    public void Without_a_proper_key_for_personal_data_the_service_does_not_start(string setting, string value) =>
        Assert.That(
            async () => await TestService.StartAsync(more: new Dictionary<string, string?> { [setting] = value }),
            Throws.InstanceOf<OptionsValidationException>());
}
