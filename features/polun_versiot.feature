# language: fi
@S18 @E14
Ominaisuus: Polun versiot
  Polku muuttuu, kun työtä opitaan tekemään paremmin. Asiakas jatkaa sillä, millä aloitti. Jos esihenkilö siirtää
  asiat uuteen versioon, hän sanoo jokaisesta lupauksesta, mitä sille tapahtuu. Lain määräaika ei muutu.

  Tausta:
    Oletetaan polku "Nuoren mielenterveyspolku"
    Ja yksikkö "Nuorten palvelut" antaa palvelulupauksen
    Ja yksikön "Nuorten palvelut" väki on
      | nimi          | ammatti                     | osaaminen     | tehtävä    |
      | Aino Laine    | Sairaanhoitaja              |               |            |
      | Salla Niemi   | Psykiatrinen sairaanhoitaja | IPC-menetelmä |            |
      | Liisa Korpela | Terveydenhoitaja            |               | esihenkilö |
    Ja asiakas "Oona Virta", 15 v
    Kun asiakas "Oona Virta" soittaa ja "Aino Laine" vastaa ma 11.1.2027 klo 9.00
    Ja "Aino Laine" soittaa asiakkaalle "Oona Virta"

  Tapaus: Asia jatkuu versiolla, jolla se alkoi
    Kun polun versio 2 julkaistaan: "Tarvittaessa palvelu alkaa viikon sisällä" on 2 viikkoa
    Niin asia on polun versiolla 1
    Ja lupaus "Tarvittaessa palvelu alkaa viikon sisällä" päättyy ma 18.1.2027 klo 24.00

  Tapaus: Siirretyn asian historia säilyy ja lain määräaika pysyy
    Kun polun versio 2 julkaistaan: "Tarvittaessa palvelu alkaa viikon sisällä" on 2 viikkoa
    Ja "Liisa Korpela" siirtää käynnissä olevat asiat versioon 2
      | Tarvittaessa palvelu alkaa viikon sisällä | lasketaan uudestaan alusta |
    Niin asia on polun versiolla 2
    Ja lupaus "Tarvittaessa palvelu alkaa viikon sisällä" päättyy ma 25.1.2027 klo 24.00
    Ja määräaika "Hoidon tarve arvioidaan samana päivänä" on yhä käynnissä
    Ja määräaika "Hoidon tarve arvioidaan samana päivänä" päättyy ma 11.1.2027 klo 24.00
    Ja aikajanalla lukee "Asia jatkuu polun versiolla 2"
    Ja aikajanalla lukee "Yhteydenotto tuli"

  Tapaus: Lain määräaikaa ei voi siirrossa laskea uudestaan
    Kun polun versio 2 julkaistaan: "Tarvittaessa palvelu alkaa viikon sisällä" on 2 viikkoa
    Ja "Liisa Korpela" siirtää käynnissä olevat asiat versioon 2
      | Hoidon tarve arvioidaan samana päivänä | alkaa nyt |
    Niin se ei onnistu, koska "lain määräaika ei muutu kesken"
    Ja asia on polun versiolla 1

  Tapaus: Askel jatkuu uudella nimellään, ja siirron voi perua
    Kun polun versio 2 julkaistaan: askel "Yhteydenoton vastaanotto" on "Ensikohtaaminen"
    Ja "Liisa Korpela" siirtää käynnissä olevat asiat versioon 2
      | Yhteydenoton vastaanotto | Ensikohtaaminen |
    Niin askel "Ensikohtaaminen" on avoinna
    Ja aikajanalla lukee "Askel alkoi: Yhteydenoton vastaanotto"
    Kun "Liisa Korpela" peruu siirron
    Niin asia on polun versiolla 1
    Ja askel "Yhteydenoton vastaanotto" on avoinna
    Ja aikajanalla lukee "Asia palasi polun versioon 1"
