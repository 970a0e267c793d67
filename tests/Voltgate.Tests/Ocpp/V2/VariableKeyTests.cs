using Voltgate.Ocpp.V2;

namespace Voltgate.Tests.Ocpp.V2;

/// <summary>How the variables of 2.x are written as keys.</summary>
public class VariableKeyTests
{
    public static TheoryData<string, VariableKey> Keys => new()
    {
        { "OCPPCommCtrlr.HeartbeatInterval", new("OCPPCommCtrlr", "HeartbeatInterval") },
        { "EVSE@1.Power", new("EVSE", "Power") { Evse = 1 } },
        { "Connector@1,2.ConnectorType", new("Connector", "ConnectorType") { Evse = 1, Connector = 2 } },
        {
            "NetworkConfiguration/1.OcppCsmsUrl",
            new("NetworkConfiguration", "OcppCsmsUrl") { ComponentInstance = "1" }
        },
        {
            "OCPPCommCtrlr.MessageTimeout/Default",
            new("OCPPCommCtrlr", "MessageTimeout") { VariableInstance = "Default" }
        },
        {
            "Meter/a b@3,1.Reading/L1",
            new("Meter", "Reading") { ComponentInstance = "a b", Evse = 3, Connector = 1, VariableInstance = "L1" }
        },
        {
            "x%2Ey%25/p%2Fq.v%40w%2C1",
            new("x.y%", "v@w,1") { ComponentInstance = "p/q" }
        },
    };

    [Theory]
    [MemberData(nameof(Keys))]
    public void A_key_names_a_variable_and_is_written_so(string text, VariableKey key)
    {
        Assert.Equal(key, VariableKey.Parse(text));
        Assert.Equal(text, key.ToString());
        Assert.Equal(key, VariableKey.Of(key.ToComponent(), key.ToVariable()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("HeartbeatInterval")]
    [InlineData(".HeartbeatInterval")]
    [InlineData("OCPPCommCtrlr.")]
    [InlineData("a.b.c")]
    [InlineData("a/b/c.d")]
    [InlineData("a@.b")]
    [InlineData("a@x.b")]
    [InlineData("a@-1.b")]
    [InlineData("a@1,.b")]
    [InlineData("a@1,2,3.b")]
    [InlineData("a@1@2.b")]
    [InlineData("a/.b")]
    [InlineData("a.b/")]
    [InlineData("a@99999999999.b")]
    [InlineData("aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeeeef.b")]
    public void What_is_no_key_is_none(string text) => Assert.Null(VariableKey.Parse(text));

    [Fact]
    public void Blanks_around_a_key_do_not_matter() =>
        Assert.Equal(new VariableKey("a", "b"), VariableKey.Parse(" a.b "));
}
