using Voltgate.Domain.Stations;
using Voltgate.Ocpp;
using Voltgate.Ocpp.V2;

namespace Voltgate.Tests.Ocpp.V2;

/// <summary>What the sampled values of 2.x mean.</summary>
public class MeteringTests
{
    [Fact]
    public void A_bare_value_is_the_energy_register_in_Wh_sampled_periodically_at_the_outlet() => Assert.Equal(
        new Sample(
            Measurand.EnergyActiveImportRegister, 12m, Phase.None, MeterLocation.Outlet, ReadingContext.Periodic, "12"),
        Only("""{"value":12}"""));

    [Theory]
    [InlineData("1.5", """{"unit":"kWh"}""", "1500")]
    [InlineData("1.5", """{"unit":"Wh","multiplier":3}""", "1500")]
    [InlineData("1500", """{"unit":"kW","multiplier":-3}""", "1500")]
    [InlineData("7", """{"multiplier":0}""", "7")]
    [InlineData("7", "{}", "7")]
    [InlineData("293.15", """{"unit":"K"}""", "20")]
    public void Units_and_powers_of_ten_are_converted(string value, string unit, string expected) => Assert.Equal(
        decimal.Parse(expected), Only($$"""{"value":{{value}},"unitOfMeasure":{{unit}}}""").Value);

    [Fact]
    public void A_number_that_came_as_a_string_counts() => Assert.Equal(7.5m, Only("""{"value":" 7.5"}""").Value);

    [Theory]
    [InlineData("""{"value":"NaN"}""")]
    [InlineData("""{"value":""}""")]
    [InlineData("""{"value":true}""")]
    [InlineData("""{"value":9223372036854775807000}""")]
    [InlineData("""{"value":1,"unitOfMeasure":{"multiplier":13}}""")]
    public void What_is_no_number_never_becomes_a_sample(string sampled) => Assert.Empty(Read(sampled).Samples);

    [Fact]
    public void Words_are_understood()
    {
        var sample = Only("""
            {"value":16,"measurand":"Current.Import","context":"Transaction.End","phase":"L2","location":"EV"}
            """);

        Assert.Equal(
            (Measurand.CurrentImport, ReadingContext.End, Phase.L2, MeterLocation.EV),
            (sample.Measurand, sample.Context, sample.Phase, sample.Location));
    }

    [Theory]
    [InlineData("""{"value":1,"measurand":"Mood","context":"Whim","phase":"L9","location":"Moon"}""")]
    [InlineData("""{"value":1,"measurand":"Energy.Active.Import.Register","location":"Upstream"}""")]
    public void What_has_no_place_among_the_registers_is_not_taken_for_one(string sampled) =>
        Assert.Equal(Measurand.Other, Only(sampled).Measurand);

    private static Sample Only(string sampled) => Assert.Single(Read(sampled).Samples);

    private static MeterReading Read(string sampled)
    {
        var json = $$"""
            {"evseId":1,"meterValue":[{"timestamp":"2026-11-22T07:00:00Z","sampledValue":[{{sampled}}]}]}
            """;
        var understood = Assert.IsType<Understood>(V2Dialect.V201.Read("MeterValues", Fixture.WireOf(json)));
        var reported = Assert.IsType<MeterReported>(understood.Message);
        Assert.Equal((new Place(0, 1), null), (reported.Place, reported.Number));
        return Assert.Single(reported.Readings);
    }
}
