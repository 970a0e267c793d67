using Voltgate.Domain.Stations;
using Voltgate.Ocpp;
using Voltgate.Ocpp.V16;

namespace Voltgate.Tests.Ocpp.V16;

/// <summary>Readings as stations in the field write them.</summary>
public class MeteringTests
{
    [Fact]
    public void A_bare_value_is_the_energy_register_in_Wh_sampled_periodically_at_the_outlet() => Assert.Equal(
        new Sample(
            Measurand.EnergyActiveImportRegister, 12m, Phase.None, MeterLocation.Outlet, ReadingContext.Periodic, "12"),
        Only("""{"value":"12"}"""));

    [Theory]
    [InlineData("1.5", "Wh", "1.5")]
    [InlineData("1.5", "kWh", "1500")]
    [InlineData("11", "kW", "11000")]
    [InlineData("16500", "mA", "16.5")]
    [InlineData("160", "dA", "16")]
    [InlineData("20", "Celsius", "20")]
    [InlineData("20", "Celcius", "20")]
    [InlineData("293.15", "K", "20")]
    [InlineData("68", "Fahrenheit", "20")]
    [InlineData("50", "Hertz", "50")]
    [InlineData("-7", "W", "-7")]
    [InlineData(" 42 ", "V", "42")]
    [InlineData("1.5E3", "W", "1500")]
    [InlineData("3", "bananas", "3")]
    public void Units_are_converted(string value, string unit, string expected) => Assert.Equal(
        decimal.Parse(expected), Only($$"""{"value":"{{value}}","unit":"{{unit}}"}""").Value);

    [Fact]
    public void A_value_that_is_a_JSON_number_counts() => Assert.Equal(7.5m, Only("""{"value":7.5}""").Value);

    [Theory]
    [InlineData("""{"value":"NaN"}""")]
    [InlineData("""{"value":"Infinity"}""")]
    [InlineData("""{"value":""}""")]
    [InlineData("""{"value":"12,5"}""")]
    [InlineData("""{"value":"0x10"}""")]
    [InlineData("""{"value":"9223372036854775807000"}""")]
    [InlineData("""{"value":"1e400"}""")]
    [InlineData("""{"value":"12","format":"SignedData"}""")]
    public void What_is_no_number_never_becomes_a_sample(string sampled) =>
        Assert.Empty(
            Read($$"""[{"timestamp":"2026-11-22T07:00:00Z","sampledValue":[{{sampled}}]}]""").Single().Samples);

    [Fact]
    public void Unknown_words_are_no_error()
    {
        var sample = Only("""
            {"value":"1","measurand":"Mood","context":"Whim","phase":"L9","location":"Moon","unit":"x","format":"y"}
            """);

        Assert.Equal(
            (Measurand.Other, ReadingContext.Other, Phase.None, MeterLocation.Outlet),
            (sample.Measurand, sample.Context, sample.Phase, sample.Location));
    }

    [Fact]
    public void Objects_instead_of_lists_are_read_as_lists_of_one() => Assert.Equal(
        5m,
        Read("""{"timestamp":"2026-11-22T07:00:00Z","sampledValue":{"value":"5"}}""").Single().Samples.Single().Value);

    [Fact]
    public void Every_measurand_of_the_specification_is_a_word() => Assert.Equal(22, MeterWords.Measurands.Length);

    [Fact]
    public void Every_word_with_a_meaning_is_on_its_list()
    {
        Assert.Subset(MeterWords.Measurands.ToHashSet(), MeterWords.MeasurandOf.Keys.ToHashSet());
        Assert.Subset(MeterWords.Contexts.ToHashSet(), MeterWords.ContextOf.Keys.ToHashSet());
        Assert.Equal(MeterWords.Phases.ToHashSet(), MeterWords.PhaseOf.Keys.ToHashSet());
        Assert.Equal(MeterWords.Locations.ToHashSet(), MeterWords.LocationOf.Keys.ToHashSet());
    }

    private static Sample Only(string sampled) =>
        Read($$"""[{"timestamp":"2026-11-22T07:00:00Z","sampledValue":[{{sampled}}]}]""").Single().Samples.Single();

    private static IEnumerable<MeterReading> Read(string meterValue)
    {
        var payload = Fixture.WireOf($$"""{"connectorId":1,"meterValue":{{meterValue}}}""");
        var understood = Assert.IsType<Understood>(Dialect.For("ocpp1.6")!.Read("MeterValues", payload));
        return Assert.IsType<MeterReported>(understood.Message).Readings;
    }
}
